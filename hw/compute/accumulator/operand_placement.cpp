// SPDX-License-Identifier: Apache-2.0
#include "hw/compute/accumulator/operand_placement.h"

namespace airnn {

std::vector<PlacedOperand> place_operands(const KernelGroup& group, const SparseKernels& kernels,
                                          InterleavePolicy policy, const BlockSplit& split) {
  std::vector<PlacedOperand> operands;
  for (std::uint32_t place = 0; place < group.size(); ++place) {
    const GroupedKernel& owner = group[place];
    const std::uint32_t first = split.begin(owner.first_block);
    std::uint32_t channel = 0;
    std::uint32_t in_channel = 0;  // weights of the channel so far
    const KernelWeight* end = kernels.end(owner.kernel);
    for (const KernelWeight* weight = kernels.begin(owner.kernel); weight != end; ++weight) {
      if (weight->column / split.multipliers != channel) {
        channel = weight->column / split.multipliers;
        in_channel = 0;
      }
      const std::uint32_t pixel = weight->column % split.multipliers;
      operands.push_back({place, channel,
                          policy == InterleavePolicy::block ? first + in_channel : pixel, pixel,
                          weight->value});
      ++in_channel;
    }
  }
  return operands;
}

}  // namespace airnn
