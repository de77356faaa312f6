// SPDX-License-Identifier: Apache-2.0
//
// Many altered files of every kind that the program reads (testbenches/fuzz/reader_fuzz.h).
//
//   airnn_fuzz_readers [--count N] [--seed S]
//
// Ends with 1 if a case failed. A case is made again by --seed S and its number.

#include <cstdio>

#include "testbenches/fuzz/fuzz_options.h"
#include "testbenches/fuzz/reader_fuzz.h"

int main(int argc, char** argv) {
  const auto options =
      airnn::test::number_options(argc, argv, {{"--count", 1000000}, {"--seed", 1}});
  const airnn::test::CaseSummary summary =
      airnn::test::fuzz_readers(options.at("--seed"), options.at("--count"));
  std::fputs(summary.text().c_str(), stdout);
  return summary.failures.empty() ? 0 : 1;
}
