"""What there is to say of a plan: notes, previews, offers, decisions."""
