# The commands of this project. `make run` and `make test` are enough on a fresh Debian 12 machine.
SHELL := /bin/sh
JOBS ?= $(shell nproc)
program := build/release/src/cli/legation

.PHONY: run test bench serve format tidy clean help program
.DEFAULT_GOAL := help

help:
	@echo "make run     install what is missing, build, code samples/ into a table of events, and draw the relation they tell of"
	@echo "make test    every test, then the fast ones again under the address and undefined-behaviour sanitizers"
	@echo "make bench   speed and memory"
	@echo "make serve   the web view (not yet)"
	@echo "make format  house style      make tidy  static checks      make clean  remove build/"

# Ninja configures again by itself when a CMake file changes; only a change of the presets needs us.
build/%/build.ninja: CMakePresets.json
	@.ci/install build
	@cmake --preset $* && touch $@

program: build/release/build.ninja
	@ninja -C build/release -j $(JOBS) --quiet legation

run: packages-build program
	@$(program) code samples/ --format table
	@rm -f build/samples.ledger && $(program) ingest --quiet build/samples.ledger samples/
	@echo && $(program) relations build/samples.ledger KOR CHN --by quarter --from 2015 --svg build/kor-chn.svg
	@echo "drawn: build/kor-chn.svg"

# The sanitized tests come first so that the last line is that of the whole suite. Both run, whatever the first says.
test: packages-build packages-test build/release/build.ninja build/asan/build.ninja
	ninja -C build/release -j $(JOBS) --quiet
	ninja -C build/asan -j $(JOBS) --quiet
	@status=0; \
	echo "== under the address and undefined-behaviour sanitizers =="; \
	ctest --preset asan -j $(JOBS) --progress || status=1; \
	echo "== the whole suite =="; \
	ctest --preset release -j $(JOBS) --progress || status=1; \
	exit $$status

bench: packages-build packages-bench build/release/build.ninja
	ninja -C build/release -j $(JOBS) --quiet legation bench_pipeline
	build/release/bench/bench_pipeline
	python3 bench/throughput.py $(program)

serve:
	@echo "not yet: the server is a later issue" >&2; exit 1

format: packages-format
	git ls-files '*.cc' '*.h' | xargs clang-format -i

tidy: packages-build packages-tidy build/release/build.ninja
	git ls-files 'src/*.cc' | xargs -P $(JOBS) -n 4 clang-tidy --quiet -p build/release

packages-%:
	@.ci/install $*
	@.ci/fetch-packages

clean:
	rm -rf build
