// SPDX-License-Identifier: Apache-2.0
#include "testbenches/contract/product_contract.h"

#include <algorithm>
#include <random>
#include <vector>

namespace airnn::test {

namespace {

class Operands {
 public:
  Operands(int bits, unsigned seed) : random_(seed), low_(-(std::int64_t{1} << (bits - 1))) {}

  /// Zeros and extremes come often.
  std::int32_t any() {
    switch (random_() % 8) {
      case 0:
        return 0;
      case 1:
        return static_cast<std::int32_t>(random_() % 2 == 0 ? low_ : -low_ - 1);
      default:
        return static_cast<std::int32_t>(
            std::uniform_int_distribution<std::int64_t>(low_, -low_ - 1)(random_));
    }
  }
  std::int32_t not_zero() {
    std::int32_t value = 0;
    while (value == 0) {
      value = any();
    }
    return value;
  }
  std::size_t up_to(std::size_t most) { return random_() % (most + 1); }

  /// Ascending columns, some of them without a weight.
  std::vector<KernelWeight> row(std::uint32_t columns) {
    std::vector<KernelWeight> weights;
    for (std::uint32_t column = 0; column < columns; ++column) {
      if (random_() % 3 != 0) {
        // A quarter of the bits: no sum leaves 64.
        weights.push_back({column, not_zero() / 1024 + (random_() % 2 == 0 ? 1 : 2)});
        if (weights.back().value == 0) {
          weights.back().value = 3;
        }
      }
    }
    return weights;
  }

 private:
  std::mt19937_64 random_;
  std::int64_t low_;
};

std::string pair_text(std::int32_t weight, std::int32_t pixel) {
  return "weight " + std::to_string(weight) + ", pixel " + std::to_string(pixel);
}

std::string broken_pair(const Product& product, Operands& operands) {
  for (int i = 0; i < 2000; ++i) {
    const std::int32_t weight = operands.not_zero();
    const std::int32_t pixel = operands.any();
    const std::int64_t first = product.product(weight, pixel);
    if (product.product(weight, pixel) != first) {
      return "the same operands give another product: " + pair_text(weight, pixel);
    }
  }
  return "";
}

std::string broken_skipping(const Product& product, Operands& operands) {
  std::string broken;
  for (int i = 0; i < 2000 && product.skips_zeros(); ++i) {
    const std::int32_t weight = operands.not_zero();
    const std::int32_t pixel = operands.not_zero();
    if (product.product(weight, 0) != 0) {
      return "zeros are skipped, but a pixel of zero does not give zero: " + pair_text(weight, 0);
    }
    if (product.product(pixel, weight) != product.product(weight, pixel)) {
      broken = "zeros are skipped, but operands may not change places: " + pair_text(weight, pixel);
    }
  }
  return broken;
}

std::string broken_tile(const Product& product, Operands& operands) {
  constexpr std::int64_t kGuard = 0x5A5A5A5A;
  const std::uint32_t columns = 1 + static_cast<std::uint32_t>(operands.up_to(40));
  const std::size_t stride = kTilePositions + operands.up_to(3);
  const std::vector<KernelWeight> weights = operands.row(columns);
  std::vector<std::int32_t> pixels(columns * stride);
  std::generate(pixels.begin(), pixels.end(), [&] { return operands.any(); });
  std::vector<std::int64_t> sums(kTilePositions + 1, kGuard);
  for (std::size_t p = 0; p < kTilePositions; ++p) {
    sums[p] = operands.any();
  }
  std::vector<std::int64_t> due = sums;
  for (const KernelWeight& weight : weights) {
    for (std::size_t p = 0; p < kTilePositions; ++p) {
      due[p] += product.product(weight.value, pixels[weight.column * stride + p]);
    }
  }
  product.accumulate(weights.data(), weights.data() + weights.size(), pixels.data(), stride,
                     sums.data());
  if (sums.back() != kGuard) {
    return "a tile writes behind its positions";
  }
  return sums == due ? "" : "a tile is not the sum of its products";
}

/// By inputs: pixels in place of the weights, and weights, zeros among them, in place of the
/// pixels.
std::string broken_panel(const Product& product, Operands& operands) {
  if (!product.skips_zeros()) {
    return "";
  }
  const std::vector<KernelWeight> inputs = operands.row(9);
  std::vector<std::int32_t> panel(9 * kTilePositions);
  std::generate(panel.begin(), panel.end(), [&] { return operands.any(); });
  std::vector<std::int64_t> sums(kTilePositions);
  std::vector<std::int64_t> due(kTilePositions);
  for (const KernelWeight& input : inputs) {
    for (std::size_t k = 0; k < kTilePositions; ++k) {
      const std::int32_t weight = panel[input.column * kTilePositions + k];
      due[k] += weight == 0 ? 0 : product.product(weight, input.value);
    }
  }
  product.accumulate(inputs.data(), inputs.data() + inputs.size(), panel.data(), kTilePositions,
                     sums.data());
  return sums == due ? "" : "sums that go by the inputs differ";
}

std::string broken_row(const Product& product, Operands& operands) {
  const std::uint32_t columns = 1 + static_cast<std::uint32_t>(operands.up_to(60));
  const std::vector<KernelWeight> weights = operands.row(columns);
  std::vector<std::int32_t> pixels(columns);
  std::generate(pixels.begin(), pixels.end(), [&] { return operands.any(); });
  std::int64_t due = 0;
  for (const KernelWeight& weight : weights) {
    due += product.product(weight.value, pixels[weight.column]);
  }
  return product.dot(weights.data(), weights.data() + weights.size(), pixels.data()) == due
             ? ""
             : "a row is not the sum of its products";
}

}  // namespace

std::string broken_product_rule(const Product& product, int bits, unsigned seed) {
  Operands operands(bits, seed);
  std::string broken = broken_pair(product, operands);
  broken = broken.empty() ? broken_skipping(product, operands) : broken;
  for (int round = 0; round < 100 && broken.empty(); ++round) {
    for (const auto rule : {broken_tile, broken_panel, broken_row}) {
      broken = broken.empty() ? rule(product, operands) : broken;
    }
  }
  return broken;
}

}  // namespace airnn::test
