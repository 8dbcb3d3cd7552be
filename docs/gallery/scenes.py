"""All scenes: whoever imports this finds them in `SCENES`."""

from docs.gallery import dialog_scenes, plan_scenes, window_scenes
from docs.gallery.scene import SCENES

__all__ = ["SCENES", "dialog_scenes", "plan_scenes", "window_scenes"]
