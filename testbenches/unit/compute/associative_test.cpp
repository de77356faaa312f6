// SPDX-License-Identifier: Apache-2.0
//
// The associative memory beside multipliers, with rows as damage leaves them, too.
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <map>
#include <memory>
#include <random>
#include <string>

#include "hw/compute/associative/associative_engine.h"
#include "hw/compute/associative/associative_sums.h"
#include "hw/compute/associative/bin_products.h"
#include "hw/compute/associative/hit_counts.h"
#include "hw/compute/associative/matched_tile.h"
#include "hw/compute/product/exact_product.h"

namespace airnn::test {
namespace {

constexpr std::size_t kBins = 5;

std::vector<std::int32_t> centres() {
  return {-700, -3, 1, 40, 9000};
}

/// Rows with products that fit their centres, or, if `is_damaged`, with any.
std::vector<std::int32_t> random_words(std::mt19937& random, std::size_t rows, bool is_wide,
                                       bool is_damaged) {
  std::vector<std::int32_t> words;
  for (std::size_t r = 0; r < rows; ++r) {
    const auto bin = static_cast<std::uint32_t>(random() % (is_damaged ? 8 : kBins));
    const auto free_bits = static_cast<std::uint32_t>(random() % 7 == 0 ? 0xFF : random() % 6);
    const auto value = static_cast<std::int16_t>(random() % 200 - 100);
    std::int64_t product = 0;
    if (free_bits != 0xFF && bin < kBins) {
      const std::int64_t unit = std::int64_t{1} << free_bits;
      product = centres()[bin] * ((value >> free_bits) * unit + unit / 2);
    }
    product = is_damaged && random() % 3 == 0 ? static_cast<std::int64_t>(random()) - 77 : product;
    const std::uint32_t head = bin | free_bits << 8;
    if (is_wide) {
      words.push_back(static_cast<std::int32_t>(head));
      words.push_back(value);
      words.push_back(static_cast<std::int32_t>(product));
      words.push_back(static_cast<std::int32_t>(product >> 32));
    } else {
      words.push_back(static_cast<std::int32_t>(head | static_cast<std::uint32_t>(value) << 16));
      words.push_back(static_cast<std::int32_t>(product));
    }
  }
  return words;
}

Layer convolution(bool is_wide) {
  Layer layer;
  layer.kind = LayerKind::convolution;
  layer.input = {4, 7, 9};
  layer.window = {3, 2, 2, 1, 1, 1, 0, 1};
  layer.groups = 2;
  layer.kernels = 6;
  layer.columns = 2 * 3 * 2;
  layer.result = {6, (7 + 1 - 3) / 2 + 1, 9 + 1 + 1 - 2 + 1};
  layer.weight_format = {is_wide ? 32 : 16, 0};
  layer.bins = kBins;
  return layer;
}

Layer connected(bool is_wide) {
  Layer layer;
  layer.kind = LayerKind::fully_connected;
  layer.input = {50, 1, 1};
  layer.kernels = 70;
  layer.columns = 50;
  layer.result = {70, 1, 1};
  layer.weight_format = {is_wide ? 32 : 16, 0};
  layer.bins = kBins;
  return layer;
}

/// Weights of a layer, and a map.
struct Case {
  Case(const Layer& drawn, unsigned percent, std::mt19937& random) : layer(drawn) {
    const BufferMap map_of(layer);
    slots.assign(map_of.slots(), 0);
    bins.assign(map_of.slots(), 0);
    for (std::uint32_t kernel = 0; kernel < static_cast<std::uint32_t>(layer.kernels); ++kernel) {
      for (std::uint32_t column = 0; column < static_cast<std::uint32_t>(layer.columns); ++column) {
        if (random() % 100 < percent) {
          const std::uint32_t slot = map_of.slot(kernel, column);
          bins[slot] = static_cast<std::uint8_t>(random() % kBins);
          slots[slot] = centres()[bins[slot]];
        }
      }
    }
    kernels = SparseKernels(map_of, slots, layer.kind == LayerKind::fully_connected, bins);
    for (std::int64_t i = layer.input.size(); i > 0; --i) {
      map.push_back(random() % 3 == 0 ? 0 : static_cast<std::int32_t>(random() % 240) - 120);
    }
  }

  std::int32_t pixel(std::int64_t kernel, std::int64_t column, std::int64_t position) const {
    if (layer.kind == LayerKind::fully_connected) {
      return map[static_cast<std::size_t>(column)];
    }
    const Window& w = layer.window;
    const std::int64_t per_group = layer.kernels / layer.groups;
    const std::int64_t channel =
        kernel / per_group * (layer.input.channels / layer.groups) + column / w.area();
    const std::int64_t y =
        position / layer.result.width * w.stride_h + column % w.area() / w.kernel_w - w.pad_top;
    const std::int64_t x =
        position % layer.result.width * w.stride_w + column % w.kernel_w - w.pad_left;
    return y < 0 || y >= layer.input.height || x < 0 || x >= layer.input.width
               ? 0
               : map[static_cast<std::size_t>(
                     (channel * layer.input.height + y) * layer.input.width + x)];
  }

  Layer layer;
  std::vector<std::int32_t> slots;
  std::vector<std::uint8_t> bins;
  SparseKernels kernels;
  std::vector<std::int32_t> map;
};

/// By a search for each product.
std::int64_t naive_sum(const Case& drawn, const MatchTable& table, std::uint32_t kernel,
                       std::int64_t position, HitCounts* counts) {
  std::int64_t sum = 0;
  const BufferMap map_of(drawn.layer);
  for (std::uint32_t column = 0; column < static_cast<std::uint32_t>(drawn.layer.columns);
       ++column) {
    const std::uint32_t slot = map_of.slot(kernel, column);
    const std::int32_t x = drawn.pixel(kernel, column, position);
    if (drawn.slots[slot] == 0) {
      continue;
    }
    const std::int32_t row = table.find(drawn.bins[slot], x);
    counts->zeros += x == 0 ? 1 : 0;
    counts->searches += x != 0 ? 1 : 0;
    counts->hits += x != 0 && row != MatchTable::kNoRow ? 1 : 0;
    sum += x == 0                      ? 0
           : row == MatchTable::kNoRow ? std::int64_t{drawn.slots[slot]} * x
                                       : table.rows()[static_cast<std::size_t>(row)].product;
  }
  return sum;
}

class AssociativeLayers : public testing::TestWithParam<unsigned> {};

TEST_P(AssociativeLayers, SumAndCountWhatSearchesFind) {
  std::mt19937 random(GetParam());
  const bool is_wide = random() % 2 == 0;
  const bool is_damaged = random() % 3 == 0;
  const Layer layer = random() % 2 == 0 ? convolution(is_wide) : connected(is_wide);
  const Case drawn(layer, random() % 2 == 0 ? 90 : 4, random);
  const MatchTable table(random_words(random, std::size_t{1} << random() % 8, is_wide, is_damaged),
                         layer, centres());
  const ExactProduct exact;
  AssociativeSums sums(layer, exact);
  sums.set_table(table);
  sums.begin(drawn.kernels, drawn.map.data());
  HitCounts due;
  const std::int64_t positions = std::int64_t{layer.result.height} * layer.result.width;
  for (std::uint32_t kernel = 0; kernel < static_cast<std::uint32_t>(layer.kernels); ++kernel) {
    for (std::int64_t first = 0; first < positions; first += kTilePositions) {
      std::int64_t tile[kTilePositions] = {};
      if (layer.kind == LayerKind::convolution) {
        sums.load(static_cast<std::int32_t>(kernel) / (layer.kernels / layer.groups), first);
        sums.add_positions(kernel, tile);
      } else if (sums.has_tiles()) {
        sums.add_neurons(kernel / kTilePositions, tile);
        tile[0] = tile[kernel % kTilePositions];
      } else {
        tile[0] = sums.neuron(kernel);
      }
      for (std::int64_t p = first;
           p < std::min<std::int64_t>(positions, first + static_cast<std::int64_t>(kTilePositions));
           ++p) {
        ASSERT_EQ(tile[p - first], naive_sum(drawn, table, kernel, p, &due))
            << "kernel " << kernel << ", position " << p;
      }
    }
  }
  const HitCounts found =
      count_hits(layer, table, drawn.kernels.binned(layer, kBins), drawn.map.data());
  EXPECT_EQ(found.zeros, due.zeros);
  EXPECT_EQ(found.searches, due.searches);
  EXPECT_EQ(found.hits, due.hits);
}

INSTANTIATE_TEST_SUITE_P(Seeds, AssociativeLayers, testing::Range(0U, 200U));

TEST(MatchTable, IntervalsEndAsSearchesDo) {
  std::mt19937 random(9);
  for (int round = 0; round < 50; ++round) {
    const bool is_wide = round % 2 == 0;
    const MatchTable table(random_words(random, 32, is_wide, true), convolution(is_wide),
                           centres());
    for (std::int32_t pixel = -300; pixel < 300; ++pixel) {
      for (std::uint8_t bin = 0; bin < kBins; ++bin) {
        ASSERT_EQ(table.row_of(table.interval_of(pixel), bin), table.find(bin, pixel));
      }
    }
    for (const std::int32_t pixel :
         {std::numeric_limits<std::int32_t>::min(), std::numeric_limits<std::int32_t>::max()}) {
      ASSERT_EQ(table.row_of(table.interval_of(pixel), 2), table.find(2, pixel));
    }
  }
}

TEST(MatchTable, IsReadFromWords) {
  const MatchTable wide({0x0403, -5, -2, 7}, convolution(true), centres());
  EXPECT_EQ(wide.rows()[0].bin, 3);
  EXPECT_EQ(wide.rows()[0].free_bits, 4);
  EXPECT_EQ(wide.rows()[0].value, -5);
  EXPECT_EQ(wide.rows()[0].product, (std::int64_t{7} << 32) + 0xFFFFFFFE);
  const MatchTable narrow({static_cast<std::int32_t>(0xFFFB0403), -9}, convolution(false),
                          centres());
  EXPECT_EQ(narrow.rows()[0].bin, 3);
  EXPECT_EQ(narrow.rows()[0].free_bits, 4);
  EXPECT_EQ(narrow.rows()[0].value, -5);
  EXPECT_EQ(narrow.rows()[0].product, -9);
}

TEST(BinProducts, AreTheSameInEveryForm) {
  std::mt19937 random(4);
  for (const std::size_t bins : {2U, 8U, 9U, 16U, 17U, 255U}) {
    const std::size_t stride = padded_bins(bins);
    std::vector<std::uint32_t> columns;
    std::vector<std::int64_t> products;
    std::vector<std::uint8_t> panel;
    for (std::uint32_t column = 0; column < 20; ++column) {
      for (std::size_t p = 0; p < kTilePositions; ++p) {
        panel.push_back(
            static_cast<std::uint8_t>(random() % 4 == 0 ? BinnedKernels::kNoBin : random() % bins));
      }
      if (random() % 3 != 0) {
        columns.push_back(column);
        for (std::size_t bin = 0; bin < stride; ++bin) {
          products.push_back((static_cast<std::int64_t>(random()) << 26) -
                             static_cast<std::int64_t>(random()));
        }
      }
    }
    std::int64_t fast[kTilePositions] = {5};
    std::int64_t portable[kTilePositions] = {5};
    add_bin_products(columns, products, stride, panel.data(), fast);
    add_bin_products_portable(columns, products, stride, panel.data(), portable);
    for (std::size_t p = 0; p < kTilePositions; ++p) {
      EXPECT_EQ(fast[p], portable[p]) << bins << " bins, neuron " << p;
    }
  }
}

TEST(MatchedTile, IsTheSameInEveryForm) {
  std::mt19937 random(6);
  for (int round = 0; round < 60; ++round) {
    const MatchTable table(random_words(random, 64, true, false), convolution(true), centres());
    std::vector<std::int32_t> pixels(kTilePositions);
    for (std::int32_t& pixel : pixels) {
      pixel = random() % 3 == 0 ? 0 : static_cast<std::int32_t>(random() % 220) - 110;
    }
    for (std::size_t bin = 0; bin < kBins; ++bin) {
      std::vector<std::int32_t> fast(kTilePositions);
      std::vector<std::int32_t> portable(kTilePositions);
      put_operands(table, bin, pixels.data(), fast.data());
      put_operands_portable(table, bin, pixels.data(), portable.data());
      EXPECT_EQ(fast, portable);
    }
  }
}

/// The last value of every register.
struct Registers final : PinSink {
  void set(std::size_t pin, std::int64_t value) override { values[pin] = value; }
  void set_all(std::size_t first, const std::vector<std::int64_t>& all) override {
    std::copy(all.begin(), all.end(), values.begin() + static_cast<std::ptrdiff_t>(first));
  }

  std::vector<std::int64_t> values;
};

class AssociativeRegisters : public testing::TestWithParam<unsigned> {};

TEST_P(AssociativeRegisters, ShowSearchesProductsAndResults) {
  std::mt19937 random(GetParam());
  EngineParams params;
  params.layer = convolution(true);
  Layer& layer = params.layer;
  layer.match_rows = 32;
  layer.output = layer.result;
  layer.output_format = {32, 0};
  layer.clamp_low = layer.output_format.min_integer();
  layer.clamp_high = layer.output_format.max_integer();
  params.input_format = params.skip_format = {32, 0};
  params.parallelism = {1 + static_cast<std::int32_t>(random() % 3),
                        static_cast<std::int32_t>(random() % 3), 0};
  params.product = std::make_shared<const ExactProduct>();
  const Case drawn(layer, 70, random);
  const MatchTable table(random_words(random, 32, true, random() % 2 == 0), layer, centres());
  AssociativeEngine engine(params);
  LayerOperands operands;
  operands.kernels = &drawn.kernels;
  operands.map = drawn.map.data();
  operands.rows = &table;
  const std::vector<std::int32_t> map = *engine.values(operands).map;
  const std::vector<Cycle> ready(static_cast<std::size_t>(layer.input.height), 0);
  const LayerRun run = engine.schedule(operands, {0, ready.data(), nullptr}, nullptr);
  const std::unique_ptr<EnginePins> pins = engine.pins();
  ASSERT_NE(pins, nullptr);
  std::map<std::string, std::size_t> number;
  for (const EnginePin& pin : pins->pins()) {
    const std::size_t next = number.size();
    number[pin.scope + "." + pin.name] = next;
  }
  ASSERT_EQ(number.size(), pins->pins().size());
  Registers registers;
  registers.values.assign(number.size(), 0);
  pins->begin(operands);
  std::size_t hits = 0;
  std::size_t outputs = 0;
  for (std::uint64_t slot = 0; slot < run.slots; ++slot) {
    for (std::size_t stage = 0; stage < pins->stages(); ++stage) {
      pins->show(stage, slot, registers);
    }
    const auto at = [&](const std::string& name) { return registers.values[number.at(name)]; };
    for (const EnginePin& pin : pins->pins()) {
      const std::string scope = pin.scope + ".";
      if (pin.name.rfind("match", 0) == 0) {
        const std::string n = pin.name.substr(5);
        const auto weight = static_cast<std::int32_t>(at(scope + "weight" + n));
        const auto pixel = static_cast<std::int32_t>(at(scope + "pixel" + n));
        const std::int32_t row = weight == 0 || pixel == 0
                                     ? MatchTable::kNoRow
                                     : table.find(table.bin_of(weight), pixel);
        EXPECT_EQ(at(scope + "match" + n), row == MatchTable::kNoRow ? 0 : 1);
        EXPECT_EQ(at(scope + "row" + n), row == MatchTable::kNoRow ? 0 : row);
        const std::int64_t product = row == MatchTable::kNoRow
                                         ? std::int64_t{weight} * pixel
                                         : table.rows()[static_cast<std::size_t>(row)].product;
        EXPECT_EQ(at(scope + "product" + n), product);
        hits += row == MatchTable::kNoRow ? 0 : 1;
      } else if (pin.name == "valid" && at(scope + "valid") == 1) {
        const std::int64_t positions = std::int64_t{layer.result.height} * layer.result.width;
        EXPECT_EQ(at(scope + "result"),
                  map[static_cast<std::size_t>(at(scope + "kernel") * positions +
                                               at(scope + "position"))]);
        ++outputs;
      }
    }
  }
  EXPECT_GT(hits, 0U);
  EXPECT_EQ(outputs, map.size());
}

INSTANTIATE_TEST_SUITE_P(Seeds, AssociativeRegisters, testing::Range(0U, 12U));

}  // namespace
}  // namespace airnn::test
