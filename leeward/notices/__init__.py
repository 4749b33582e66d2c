"""Notice: what someone must be told or do, as a kind and opaque ids, without content."""
