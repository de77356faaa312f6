// SPDX-License-Identifier: Apache-2.0
//
// Many altered memory images with right checksums (testbenches/fuzz/image_fuzz.h).
//
//   airnn_fuzz_images [--count N] [--seed S] [--simulate-every M]
//
// Ends with 1 if a case failed. A case is made again by --seed S and its number.

#include <cstdio>

#include "testbenches/fuzz/fuzz_options.h"
#include "testbenches/fuzz/image_fuzz.h"

int main(int argc, char** argv) {
  const auto options = airnn::test::number_options(
      argc, argv, {{"--count", 100000}, {"--seed", 1}, {"--simulate-every", 50}});
  airnn::test::ImageFuzzOptions fuzz;
  fuzz.count = options.at("--count");
  fuzz.seed = options.at("--seed");
  fuzz.simulate_every = options.at("--simulate-every");
  const airnn::test::CaseSummary summary = airnn::test::fuzz_images(fuzz);
  std::fputs(summary.text().c_str(), stdout);
  return summary.failures.empty() ? 0 : 1;
}
