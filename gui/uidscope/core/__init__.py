"""Everything UIDscope knows and does; never imports Qt."""
