"""The layout wrapped-rows: a table whose cells a dump wrapped over lines, one after the other."""
