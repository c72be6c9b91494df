#!/bin/sh
# usage: with-parent.sh PROGRAM ARGUMENT...
# Runs somebody else's program for as long as our standard input is open: whoever started us holds the other end,
# and however that ends, kill -9 included, the pipe closes and the program is told to stop.
exec 3<&0
"$@" </dev/null 3<&- &
program=$!
(while read -r _ <&3; do :; done; kill "$program" 2>/dev/null) &
watch=$!
trap 'kill "$program" 2>/dev/null' TERM INT
wait "$program"; status=$?
wait "$program" 2>/dev/null   # a signal ends only the first wait
kill "$watch" 2>/dev/null; wait "$watch" 2>/dev/null
exit "$status"
