"""The names that new code uses: bound, imported, and known to have what is read of them."""
