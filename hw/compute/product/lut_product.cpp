// SPDX-License-Identifier: Apache-2.0
#include "hw/compute/product/lut_product.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "hw/compute/product/lut_kernels.h"
#include "hw/compute/product/lut_rows.h"
#include "hw/compute/product/product_loops.h"

namespace airnn {

namespace {

using lut::kMagnitudes;
using lut::low_word;
using lut::magnitude_of;

/// So many products of 16 bits certainly fit into a sum of 32 bits.
constexpr std::ptrdiff_t kWeightsPerSum = 32767;

/// The product of the magnitudes, with the sign of both; sign(0) is +.
class SignedProduct {
 public:
  explicit SignedProduct(const std::uint16_t* rows) : rows_(rows) {}

  std::int32_t operator()(std::int32_t weight, std::int32_t pixel) const {
    const std::int32_t sign = (low_word(weight) >> 31) ^ (low_word(pixel) >> 31);  // 0 or -1
    const std::int32_t product = rows_[magnitude_of(weight) * kMagnitudes + magnitude_of(pixel)];
    return (product ^ sign) - sign;
  }

 private:
  const std::uint16_t* rows_;
};

/// Those of the wanted ones that the processor has.
LutProduct::Instructions available(LutProduct::Instructions wanted) {
  using Instructions = LutProduct::Instructions;
  if (wanted == Instructions::fastest && !lut::has_wide()) {
    wanted = Instructions::shuffle;
  }
  return wanted == Instructions::shuffle && !lut::has_shuffled() ? Instructions::portable : wanted;
}

}  // namespace

LutProduct::LutProduct(const std::vector<std::uint16_t>& table, PriceClass price_class,
                       Instructions instructions)
    : rows_(table.size()),
      price_class_(std::move(price_class)),
      instructions_(available(instructions)) {
  if (table.size() != kMagnitudes * kMagnitudes) {
    throw std::invalid_argument("a table of " + std::to_string(table.size()) +
                                " products; expected 65536");
  }
  for (std::size_t a = 0; a < kMagnitudes; ++a) {
    for (std::size_t b = 0; b < kMagnitudes; ++b) {
      rows_[b * kMagnitudes + a] = table[a * kMagnitudes + b];
    }
  }
  if (instructions_ == Instructions::shuffle) {
    planes_ = lut::planes_of(rows_);
  } else if (instructions_ == Instructions::portable) {
    signed_rows_ = lut::signed_rows(SignedProduct(rows_.data()));
  }
}

std::int64_t LutProduct::product(std::int32_t weight, std::int32_t pixel) const {
  return SignedProduct(rows_.data())(weight, pixel);
}

void LutProduct::accumulate(const KernelWeight* begin, const KernelWeight* end,
                            const std::int32_t* pixels, std::size_t stride,
                            std::int64_t* sums) const {
  while (begin != end) {
    const KernelWeight* part = begin + std::min(end - begin, kWeightsPerSum);
    if (instructions_ == Instructions::fastest) {
      lut::accumulate_wide(rows_.data(), begin, part, pixels, stride, sums);
    } else if (instructions_ == Instructions::shuffle) {
      lut::accumulate_shuffled(planes_.data(), begin, part, pixels, stride, sums);
    } else if (lut::have_rows(begin, part, pixels, stride)) {
      lut::accumulate_rows(signed_rows_.data(), begin, part, pixels, stride, sums);
    } else {
      accumulate_tile(begin, part, pixels, stride, sums, SignedProduct(rows_.data()));
    }
    begin = part;
  }
}

std::int64_t LutProduct::dot(const KernelWeight* begin, const KernelWeight* end,
                             const std::int32_t* pixels) const {
  return add_row(begin, end, pixels, SignedProduct(rows_.data()));
}

}  // namespace airnn
