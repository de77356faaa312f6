// SPDX-License-Identifier: Apache-2.0
#include "testbenches/fuzz/image_fuzz.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>

#include "sw/compiler/image_builder.h"
#include "sw/describe/image_json.h"
#include "sw/describe/image_text.h"
#include "sw/format/errors.h"
#include "sw/golden/fixed_inference.h"
#include "testbenches/fuzz/image_mutator.h"
#include "testbenches/support/golden_comparison.h"
#include "testbenches/support/random_image.h"
#include "testbenches/system/child_process.h"
#include "testbenches/system/random_model.h"

namespace airnn::test {

namespace {

constexpr std::uint64_t kSeeds = 60;
constexpr std::uint64_t kPerProcess = 250;
constexpr double kSeconds = 2;

RandomImageOptions random_options(std::mt19937_64& random) {
  RandomImageOptions options;
  options.scheme = static_cast<Scheme>(random() % 3);
  options.widths = {1 << random() % 3, 1 << random() % 3};
  options.iterations = static_cast<int>(random() % 4) + 1;
  options.layers = static_cast<int>(random() % 4) + 1;
  options.most_neurons = 12;
  options.bins = random() % 3 == 0 ? 1 + static_cast<int>(random() % 9) : 0;
  options.match_rows = options.bins > 0 && options.widths.value_bytes > 1 && random() % 2 == 0
                           ? std::size_t{1} << random() % 5
                           : 0;
  options.lines = options.bins == 0 && random() % 2 == 0;
  return options;
}

/// Small images as the compiler makes them, and such with chains of random matrices.
std::vector<ImageParts> seed_images(std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::vector<ImageParts> seeds;
  while (seeds.size() < kSeeds) {
    if (seeds.size() % 2 == 0) {
      seeds.push_back(ImageParts::of(random_image(random_options(random), random)));
    } else {
      RandomModel model(static_cast<unsigned>(random()));
      CompileOptions options = model.options();
      options.scheme = static_cast<Scheme>(seeds.size() / 2 % 3);
      if (seeds.size() % 4 == 1) {  // half of them may have tensors without sign
        options.precision = 8;
        options.drops_signs = true;
      } else if (seeds.size() % 8 == 3) {
        options.bins = 2 + static_cast<int>(random() % 15);
      } else if (seeds.size() % 8 == 7) {
        options.weights = WeightForm::line;
        options.lines.delta = static_cast<double>(random() % 21);
      }
      seeds.push_back(
          ImageParts::of(MemoryImage::parse(compile(model.model(), options).image, "seed")));
    }
  }
  return seeds;
}

std::vector<std::int32_t> random_input(const Network& network, std::mt19937_64& random) {
  std::uniform_int_distribution<std::int64_t> element(network.input_format.min_integer(),
                                                      network.input_format.max_integer());
  std::vector<std::int32_t> input(static_cast<std::size_t>(network.input.size()));
  for (std::int32_t& number : input) {
    number = static_cast<std::int32_t>(element(random));
  }
  return input;
}

/// Nobody has the table of products that a mutated image names.
bool wants_tables(const Network& network) {
  return std::any_of(network.layers.begin(), network.layers.end(),
                     [](const Layer& layer) { return layer.product_table != 0; });
}

void simulate(const MemoryImage& image, const std::vector<std::int32_t>& input) {
  in_child([&] {
    limit_processor_time(kSeconds);
    AcceleratorParams params = default_params(image);
    params.threshold = 1e5;  // no input ends early
    const GoldenComparison found = compare_with_golden(params, image, {input});
    if (!found.difference.empty()) {
      throw std::runtime_error(found.difference);
    }
    return std::vector<std::uint8_t>();
  });
}

std::optional<MemoryImage> accepted(std::vector<std::uint8_t> file) {
  try {
    return MemoryImage::parse(std::move(file), "mutated");
  } catch (const ImageError&) {
    return std::nullopt;
  }
}

}  // namespace

CaseSummary fuzz_images(const ImageFuzzOptions& options) {
  const std::vector<ImageParts> seeds = seed_images(options.seed);
  const auto run_case = [&](std::uint64_t number) -> std::string {
    std::mt19937_64 random(options.seed * 0x9E3779B97F4A7C15U + number);
    const std::optional<MemoryImage> image =
        accepted(ImageMutator(random()).mutate(seeds[number % seeds.size()]));
    if (!image) {
      return "refused";
    }
    image_text(*image, "mutated.airnn", {});
    image_json(*image, "mutated.airnn", {})
        .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    if (wants_tables(image->network())) {
      return "accepted";
    }
    const std::vector<std::int32_t> input = random_input(image->network(), random);
    const golden::FixedInference reference(*image);
    for (int iteration = 1; iteration <= reference.iterations(); ++iteration) {
      reference.run(input, iteration);
    }
    if (random() % options.simulate_every != 0) {
      return "accepted";
    }
    simulate(*image, input);
    return "simulated";
  };
  return run_isolated(0, options.count, kPerProcess, run_case, kSeconds);
}

}  // namespace airnn::test
