// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>

namespace airnn::test {

using BenchmarkOptions = std::map<std::string, std::string>;

/// The defaults, each replaced by the word that follows its name. For anything else it lists the
/// options and ends the program with 2.
inline BenchmarkOptions benchmark_options(int argc, char** argv, BenchmarkOptions options) {
  for (int i = 1; i < argc; i += 2) {
    if (i + 1 == argc || options.count(argv[i]) == 0) {
      fmt::print(stderr, "options, each with a value:");
      for (const auto& [name, value] : options) {
        fmt::print(stderr, " {}", name);
      }
      fmt::print(stderr, "\n");
      std::exit(2);
    }
    options[argv[i]] = argv[i + 1];
  }
  return options;
}

}  // namespace airnn::test
