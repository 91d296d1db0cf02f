# For those who type make: every target is a command of ./run.
.PHONY: help demo fresh test lint sqlite postgres journeys bench lock server

help:      ; @./run help
demo:      ; @./run demo
fresh:     ; @./run demo --fresh
test:      ; @./run test
lint:      ; @./run test lint
sqlite:    ; @./run test sqlite
postgres:  ; @./run test postgres
journeys:  ; @./run test journeys
bench:     ; @./run bench
lock:      ; @./run lock
server:    ; @./run postgres
