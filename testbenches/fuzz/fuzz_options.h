// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>

namespace airnn::test {

/// Options of a program, each with a number; ends it with 2 at any other word.
inline std::map<std::string, std::uint64_t> number_options(
    int argc, char** argv, std::map<std::string, std::uint64_t> options) {
  for (int i = 1; i < argc; i += 2) {
    if (i + 1 == argc || options.count(argv[i]) == 0) {
      std::string names;
      for (const auto& [name, value] : options) {
        names += " " + name + " (" + std::to_string(value) + ")";
      }
      std::fprintf(stderr, "options, each with a number:%s\n", names.c_str());
      std::exit(2);
    }
    options[argv[i]] = std::strtoull(argv[i + 1], nullptr, 10);
  }
  return options;
}

}  // namespace airnn::test
