// SPDX-License-Identifier: Apache-2.0
//
// Random networks whose multipliers are random tables, in all schemes and on both memories.
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <optional>
#include <stdexcept>

#include "hw/compute/product/exact_product.h"
#include "hw/compute/product/lut_product.h"
#include "sw/multiplier/product_table.h"
#include "sw/results/record_codec.h"
#include "testbenches/support/golden_comparison.h"
#include "testbenches/support/random_ddr3.h"
#include "testbenches/system/child_process.h"
#include "testbenches/system/random_run.h"

namespace airnn::test {
namespace {

/// Near the exact one, or anything; zero is mostly not kept.
ProductTable random_table(RandomModel& random) {
  const bool is_near = random.pick(0, 2) > 0;
  const std::int64_t off = random.one_of<std::int64_t>({0, 3, 300});
  return ProductTable::from_function([&](std::uint32_t a, std::uint32_t b) {
    const std::int64_t product =
        is_near ? std::int64_t{a} * b + random.pick(-off, off) : random.pick(0, 65535);
    return static_cast<std::uint32_t>(std::clamp<std::int64_t>(product, 0, 65535));
  });
}

/// A network of 8 bits that is mapped to up to three elements, and a machine for it.
struct Drawn {
  explicit Drawn(unsigned seed) : random(seed) {
    CompileOptions options = random.options();
    options.precision = 8;
    options.drops_signs = random.pick(0, 1) == 1;
    options.scheme = random.one_of<Scheme>({Scheme::base, Scheme::iterative, Scheme::interleaved});
    options.interleave.policy = random.one_of<InterleavePolicy>(
        {InterleavePolicy::block, InterleavePolicy::block_fixed, InterleavePolicy::position});
    options.interleave.blocks = random.one_of<int>({0, 2, 4});
    for (std::int64_t i = random.pick(1, 3); i > 0; --i) {
      elements.push_back(random_table(random));
      tables[elements.back().crc32c()] = elements.back().products();
    }
    Model model = random.model();
    for (Layer& layer : model.network.layers) {
      const std::int64_t last = static_cast<std::int64_t>(elements.size()) - 1;
      of_layer.push_back(layer.has_weights() ? static_cast<int>(random.pick(-1, last)) : -1);
      if (of_layer.back() >= 0) {
        layer.product_table = elements[static_cast<std::size_t>(of_layer.back())].crc32c();
      }
    }
    image.emplace(image_of(model, options));
    params = random_params(random, *image);
    if (seed % 3 == 0) {
      params.memory = ddr3_memory(random_ddr3(seed));
    }
    for (std::size_t i = 0; i < elements.size(); ++i) {
      const std::string name = "table" + std::to_string(i);
      params.engine_table.products.push_back({name, [table = elements[i].products(), name] {
                                                return std::make_shared<const LutProduct>(table,
                                                                                          name);
                                              }});
    }
    const bool is_shared = random.pick(0, 1) == 1;
    for (const int element : of_layer) {
      EngineChoice choice;
      if (element >= 0) {
        choice.product = "table" + std::to_string(element);
        choice.array = is_shared ? element : -1;
      }
      params.engines.push_back(choice);
    }
    inputs = random_inputs(random, image->network());
  }

  AcceleratorParams with_arrays(bool shared) const {
    AcceleratorParams changed = params;
    for (std::size_t i = 0; i < changed.engines.size(); ++i) {
      changed.engines[i].array = shared ? of_layer[i] : -1;
    }
    return changed;
  }
  RunRecord record(const AcceleratorParams& machine,
                   const std::vector<std::size_t>& order = {}) const {
    return decode_record(in_child([&] {
      const GoldenComparison comparison =
          compare_with_golden(machine, *image, inputs, order, {}, built_in_decoders(), tables);
      if (!comparison.difference.empty()) {
        throw std::runtime_error(comparison.difference);
      }
      return encode_record(comparison.record);
    }));
  }
  bool is_chain() const {
    bool chain = true;
    for (std::size_t i = 0; i < image->network().layers.size(); ++i) {
      const Layer& layer = image->network().layers[i];
      chain = chain && layer.skip == kNoSource && layer.source == static_cast<std::int32_t>(i) - 1;
    }
    return chain;
  }

  RandomModel random;
  std::vector<ProductTable> elements;
  golden::ProductTables tables;
  std::vector<int> of_layer;
  std::optional<MemoryImage> image;
  AcceleratorParams params;
  Maps inputs;
};

class ElementNetworks : public testing::TestWithParam<unsigned> {};

TEST_P(ElementNetworks, EqualTheReferenceInEveryLayerAfterEveryIteration) {
  const Drawn drawn(GetParam());
  SCOPED_TRACE(describe(*drawn.image));
  const GoldenComparison comparison = compare_with_golden(
      drawn.params, *drawn.image, drawn.inputs, {}, {}, built_in_decoders(), drawn.tables);
  EXPECT_EQ(comparison.difference, "");
  EXPECT_GT(comparison.maps_compared, 0U);
  expect_cycles_accounted(comparison.record, drawn.params);
  for (std::size_t e = 0; e < drawn.elements.size(); ++e) {
    std::uint64_t done = 0;
    for (std::size_t l = 0; l < drawn.of_layer.size(); ++l) {
      for (const LayerRecord& layer : comparison.record.layers[l]) {
        done += drawn.of_layer[l] == static_cast<int>(e) ? layer.multiplications : 0;
      }
    }
    const PricedAction priced{Action::multiplication, "table" + std::to_string(e)};
    EXPECT_EQ(comparison.record.total_counts()[priced], done);
  }
}

/// Layers of an element run one after the other, whoever is built first.
class SharedArrayNetworks : public testing::TestWithParam<unsigned> {};

TEST_P(SharedArrayNetworks, DoTheSameOneAfterTheOther) {
  const Drawn drawn(GetParam());
  SCOPED_TRACE(describe(*drawn.image));
  const AcceleratorParams shared = drawn.with_arrays(true);
  const RunRecord own = drawn.record(drawn.with_arrays(false));
  const RunRecord record = drawn.record(shared);
  std::vector<std::size_t> backwards(6 + drawn.of_layer.size());
  std::iota(backwards.rbegin(), backwards.rend(), std::size_t{0});
  EXPECT_EQ(encode_record(drawn.record(shared, backwards)), encode_record(record));
  for (std::size_t n = 0; n < record.inputs.size(); ++n) {
    expect_same_outcome(record.inputs[n], own.inputs[n]);
    if (drawn.is_chain() && shared.handoff == Handoff::map) {
      EXPECT_EQ(record.inputs[n].cycles, own.inputs[n].cycles);
    } else {
      EXPECT_GE(record.inputs[n].cycles, own.inputs[n].cycles);
    }
  }
  for (std::size_t i = 0; i < record.iterations.size(); ++i) {
    for (int e = 0; e < static_cast<int>(drawn.elements.size()); ++e) {
      std::uint64_t together = 0;
      std::uint64_t multipliers = 0;
      for (std::size_t l = 0; l < drawn.of_layer.size(); ++l) {
        const LayerRecord& layer = record.layers[l][i];
        if (drawn.of_layer[l] == e && layer.compute_cycles > 0) {
          together += layer.compute_cycles;
          EXPECT_GE(layer.multipliers, own.layers[l][i].multipliers);
          EXPECT_TRUE(multipliers == 0 || layer.multipliers == multipliers)
              << "layers of an element have one array";
          multipliers = layer.multipliers;
        }
      }
      EXPECT_GE(record.iterations[i].cycles.compute, record.iterations[i].inputs_run * together);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, ElementNetworks, seeds(86000, 60));
INSTANTIATE_TEST_SUITE_P(Seeds, SharedArrayNetworks, seeds(87000, 16));

}  // namespace
}  // namespace airnn::test
