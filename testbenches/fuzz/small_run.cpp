// SPDX-License-Identifier: Apache-2.0
#include "testbenches/fuzz/small_run.h"

#include <nlohmann/json.hpp>
#include <random>
#include <vector>

#include "hw/sim/results_of_run.h"
#include "sw/results/record_codec.h"
#include "testbenches/support/golden_comparison.h"
#include "testbenches/support/random_image.h"
#include "testbenches/support/source_path.h"
#include "testbenches/system/child_process.h"

namespace airnn::test {

namespace {

/// Texts as one sequence of bytes, each behind its length, and back.
std::vector<std::uint8_t> packed(const std::vector<std::string>& texts) {
  std::vector<std::uint8_t> all;
  for (const std::string& text : texts) {
    for (int shift = 0; shift < 64; shift += 8) {
      all.push_back(static_cast<std::uint8_t>(text.size() >> shift));
    }
    all.insert(all.end(), text.begin(), text.end());
  }
  return all;
}

std::vector<std::string> unpacked(const std::vector<std::uint8_t>& bytes) {
  std::vector<std::string> texts;
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t size = load_little_endian(&bytes[at], 8);
    const auto begin = bytes.begin() + static_cast<std::ptrdiff_t>(at + 8);
    texts.emplace_back(begin, begin + static_cast<std::ptrdiff_t>(size));
    at += 8 + size;
  }
  return texts;
}

std::string text_of(const std::vector<std::uint8_t>& bytes) {
  return {bytes.begin(), bytes.end()};
}

}  // namespace

SmallRun small_run() {
  std::mt19937_64 random(5);
  RandomImageOptions options;
  options.iterations = 2;
  options.most_neurons = 8;
  MemoryImage image = random_image(options, random);
  RunConfig config = read_run_config(source_path("configs/run/default.yaml"), {}, image.network());
  const std::vector<std::string> parts = unpacked(in_child([&] {
    const std::vector<std::int32_t> input(static_cast<std::size_t>(image.network().input.size()),
                                          1);
    const RunRecord record = compare_with_golden(config.accelerator, image, {input, input}).record;
    RunResults results = results_of_run(image, "small.airnn", config, record);
    results.labels.assign(kSmallRunInputs, 0);
    results.predictions_if_stopped.assign(static_cast<std::size_t>(image.info().iterations),
                                          std::vector<std::int32_t>(kSmallRunInputs, 0));
    const RunFiles files = run_files(results);
    return packed({files.results_json, files.inputs_csv, files.counts_csv,
                   text_of(encode_record(record)),
                   text_of(encode_predictions(results.predictions_if_stopped))});
  }));
  return {std::move(image),
          std::move(config),
          {parts.at(0), parts.at(1), parts.at(2)},
          parts.at(3),
          parts.at(4)};
}

}  // namespace airnn::test
