// SPDX-License-Identifier: Apache-2.0
#include "hw/compute/product/lut_rows.h"

namespace airnn::lut {

namespace {

constexpr std::size_t kBlock = 8;  ///< so many sums stay in registers

}  // namespace

bool have_rows(const KernelWeight* begin, const KernelWeight* end, const std::int32_t* pixels,
               std::size_t stride) {
  constexpr auto kFirst = static_cast<std::uint32_t>(-kLowest);
  std::uint32_t of_weights = 0;
  std::uint32_t of_pixels = 0;
  for (const KernelWeight* weight = begin; weight != end; ++weight) {
    of_weights |= static_cast<std::uint32_t>(weight->value) + kFirst;
    const std::int32_t* from = pixels + weight->column * stride;
    for (std::size_t p = 0; p < kTilePositions; ++p) {
      of_pixels |= static_cast<std::uint32_t>(from[p]) + kFirst;
    }
  }
  return of_weights < kWeights && of_pixels < kPixels;
}

void accumulate_rows(const std::int32_t* rows, const KernelWeight* begin, const KernelWeight* end,
                     const std::int32_t* pixels, std::size_t stride, std::int64_t* sums) {
  static_assert(kTilePositions % kBlock == 0, "a tile is whole blocks");
  for (std::size_t block = 0; block < kTilePositions; block += kBlock) {
    std::int32_t of_block[kBlock] = {};
    for (const KernelWeight* weight = begin; weight != end; ++weight) {
      const std::int32_t* row =
          rows + (weight->value - kLowest) * std::ptrdiff_t{kPixels} - kLowest;
      const std::int32_t* from = pixels + weight->column * stride + block;
      for (std::size_t p = 0; p < kBlock; ++p) {
        of_block[p] += row[from[p]];
      }
    }
    for (std::size_t p = 0; p < kBlock; ++p) {
      sums[block + p] += of_block[p];
    }
  }
}

}  // namespace airnn::lut
