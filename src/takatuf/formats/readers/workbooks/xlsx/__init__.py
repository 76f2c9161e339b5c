"""Office workbooks (.xlsx, .xlsm): archive parts to grids."""
