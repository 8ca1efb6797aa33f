"""Read fix texts about files of settings (YAML, TOML, Dockerfiles and the like) and edit them."""
