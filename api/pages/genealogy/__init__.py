"""The genealogy at a glance: what the graph dates and what descends from what, drawn as one picture.

    reading.py    graph → Genealogy (things with dates, steps between them, lists of projects)
    fitting.py    a name → lines of text that fit a width
    placing.py    boxes → rows of a lane, none over another
    routing.py    a step → a way through the gaps between the boxes
    scale.py      years → pixels
    grid.py       where rows and gutters lie
    drawing.py    all of it → Picture, with the coordinates that the template writes down

Pure but for `reading`; a picture is a function of what was read and of the language.
"""
