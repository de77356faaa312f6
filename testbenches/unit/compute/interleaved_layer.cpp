// SPDX-License-Identifier: Apache-2.0
#include "testbenches/unit/compute/interleaved_layer.h"

#include <algorithm>
#include <optional>

#include "hw/compute/product/exact_product.h"
#include "testbenches/unit/golden/small_network.h"

namespace airnn::test {

namespace {

std::uint32_t largest_count(const SparseKernels& kernels, std::uint32_t kernel,
                            const BlockSplit& split) {
  std::vector<std::uint32_t> counts(1, 0);
  for (const KernelWeight* w = kernels.begin(kernel); w != kernels.end(kernel); ++w) {
    counts.resize(std::max<std::size_t>(counts.size(), w->column / split.multipliers + 1), 0);
    ++counts[w->column / split.multipliers];
  }
  return *std::max_element(counts.begin(), counts.end());
}

bool lies_in(const SparseKernels& kernels, const GroupedKernel& owner, const BlockSplit& split) {
  return std::all_of(
      kernels.begin(owner.kernel), kernels.end(owner.kernel), [&](const KernelWeight& w) {
        const std::uint32_t block = split.block_of(w.column % split.multipliers);
        return block >= owner.first_block && block < owner.first_block + owner.blocks;
      });
}

bool meet(const SparseKernels& kernels, std::uint32_t a, std::uint32_t b) {
  return std::any_of(kernels.begin(a), kernels.end(a), [&](const KernelWeight& w) {
    return std::any_of(kernels.begin(b), kernels.end(b),
                       [&](const KernelWeight& other) { return other.column == w.column; });
  });
}

/// Where the kernel goes in the group, if it fits.
std::optional<GroupedKernel> join(const SparseKernels& kernels, const KernelGroup& group,
                                  std::uint32_t kernel, InterleavePolicy policy,
                                  const BlockSplit& split) {
  if (policy == InterleavePolicy::position) {
    const bool free = std::none_of(group.begin(), group.end(), [&](const GroupedKernel& member) {
      return meet(kernels, member.kernel, kernel);
    });
    const GroupedKernel tagged{kernel, static_cast<std::uint32_t>(group.size()), 0};
    return free ? std::optional(tagged) : std::nullopt;
  }
  const std::uint32_t count = largest_count(kernels, kernel, split);
  for (std::uint32_t blocks = 1; blocks <= split.blocks; blocks *= 2) {
    for (std::uint32_t first = 0; first < split.blocks; first += blocks) {
      const GroupedKernel owner{kernel, first, blocks};
      const bool free = std::none_of(group.begin(), group.end(), [&](const GroupedKernel& member) {
        return member.first_block < first + blocks && first < member.first_block + member.blocks;
      });
      const bool fits = policy == InterleavePolicy::block ? split.capacity(first, blocks) >= count
                                                          : lies_in(kernels, owner, split);
      if (free && fits) {
        return owner;
      }
    }
  }
  return std::nullopt;
}

RandomLayer draw_layer(LayerGenerator& random) {
  RandomLayer drawn;
  const std::int32_t groups = random.pick(0, 3) == 0 ? random.pick(2, 3) : 1;
  Window window;
  window.kernel_h = random.pick(1, 7);
  window.kernel_w = random.pick(0, 1) == 0 ? window.kernel_h : random.pick(1, 7);
  window.stride_h = random.pick(1, 3);
  window.stride_w = random.pick(1, 3);
  window.pad_top = random.pick(0, window.kernel_h - 1);
  window.pad_bottom = random.pick(0, window.kernel_h - 1);
  window.pad_left = random.pick(0, window.kernel_w - 1);
  window.pad_right = random.pick(0, window.kernel_w - 1);
  const MapShape map{groups * random.pick(1, 5), window.kernel_h + random.pick(0, 3),
                     window.kernel_w + random.pick(0, 3)};
  const FixedFormat weights{32, random.pick(0, 12)};
  drawn.input_format = {32, random.pick(0, 16)};
  drawn.skip_format = {32, random.pick(0, 20)};
  const FixedFormat output{
      32, random.pick(0, weights.fraction_bits + drawn.input_format.fraction_bits)};
  drawn.layer =
      golden::test::convolution(map, groups * random.pick(1, 12), window, weights, output, groups);
  Layer& layer = drawn.layer;
  const std::int64_t high = output.max_integer();
  golden::test::clamp(layer, random.pick(0, 2) == 0 ? 1 : -high - 1, high);
  drawn.input = random.map(layer.input.size());
  if (random.pick(0, 2) == 0) {
    layer.skip = 0;
    drawn.skip = random.map(layer.result.size());
  }
  const std::int32_t density = random.pick(0, 2) == 0 ? random.pick(1, 100) : random.pick(1, 15);
  for (std::int32_t kernel = 0; kernel < layer.kernels; ++kernel) {
    const std::int32_t area = window.area();
    // All zero, anywhere or in a part of the window only: weights that stay at their multipliers
    // share a unit only if they keep together.
    const std::int32_t kind = random.pick(0, 4);
    const std::int32_t first = kind < 2 ? 0 : random.pick(0, area - 1);
    const std::int32_t last = kind < 2 ? area - 1 : std::min(area - 1, first + area / 8);
    for (std::int32_t column = 0; column < layer.columns; ++column) {
      const std::int32_t place = column % area;
      const bool loaded =
          kind != 0 && place >= first && place <= last && random.pick(1, 100) <= density;
      // 2^31 times 2^18 times at most 5 * 49 weights: sums and bias stay below 2^62.
      drawn.weights.push_back(loaded ? random.pick(-(1 << 18), 1 << 18) : 0);
    }
    drawn.biases.push_back(std::int64_t{random.pick(-(1 << 30), 1 << 30)} *
                           (std::int64_t{1} << random.pick(0, 20)));
  }
  return drawn;
}

}  // namespace

KernelGroups group_naively(const SparseKernels& kernels, InterleavePolicy policy,
                           const BlockSplit& split, std::uint32_t kernels_per_window) {
  KernelGroups groups;
  for (std::uint32_t kernel = 0; kernel < kernels.kernels(); ++kernel) {
    bool grouped = kernels.count(kernel) == 0;
    for (KernelGroup& group : groups) {
      const bool may_join =
          !grouped && group.size() < kMaxGroupedKernels &&
          group.front().kernel / kernels_per_window == kernel / kernels_per_window;
      if (const auto owner =
              may_join ? join(kernels, group, kernel, policy, split) : std::nullopt) {
        group.push_back(*owner);
        grouped = true;
      }
    }
    if (!grouped) {
      groups.push_back({*join(kernels, {}, kernel, policy, split)});
    }
  }
  return groups;
}

TwinConvolution InterleavedLayer::twin() const {
  TwinConvolution twin;
  twin.layer = drawn.layer;
  twin.input_format = drawn.input_format;
  twin.skip_format = drawn.skip_format;
  twin.positions_in_parallel = params.parallelism.positions;
  twin.channels_in_parallel = params.parallelism.channels;
  twin.policy = params.policy;
  twin.split = split();
  twin.groups = groups;
  twin.issues_zero_kernels = !params.skips_zero_kernels;
  twin.weights = drawn.weights;
  twin.biases = drawn.biases;
  twin.input = drawn.input;
  twin.skip = drawn.skip;
  return twin;
}

InterleavedLayer draw_interleaved(unsigned seed, InterleavePolicy policy) {
  LayerGenerator random(seed);
  InterleavedLayer result;
  do {
    result.drawn = draw_layer(random);
    result.params.parallelism = {std::max(1, random.pick(-1, 4)), std::max(0, random.pick(-2, 4)),
                                 0};
  } while (result.drawn.layer.result.size() * result.drawn.layer.columns *
               result.params.parallelism.positions >
           250'000);
  EngineParams& params = result.params;
  params.product = std::make_shared<const ExactProduct>();
  params.layer = result.drawn.layer;
  params.input_format = result.drawn.input_format;
  params.skip_format = result.drawn.skip_format;
  params.policy = policy;
  const auto multipliers = static_cast<std::uint32_t>(params.layer.window.area());
  while (params.blocks * 2 <= multipliers && random.pick(0, 3) != 0) {
    params.blocks *= 2;
  }
  if (random.pick(0, 4) == 0) {
    params.skips_zero_kernels = random.pick(0, 1) == 0;
  } else {
    result.groups = group_naively(kernels_of(result.drawn), policy, result.split(),
                                  result.kernels_per_window());
  }
  return result;
}

}  // namespace airnn::test
