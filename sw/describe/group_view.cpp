// SPDX-License-Identifier: Apache-2.0
#include "sw/describe/group_view.h"

#include <fmt/format.h>

#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>

#include "hw/compute/accumulator/block_flags.h"
#include "sw/console/console.h"

namespace airnn {

using Json = nlohmann::ordered_json;

namespace {

template <typename Task>
void for_each_layer(const MemoryImage& image, std::uint16_t iteration,
                    const ImageSelection& selection, const Task& task) {
  for (std::size_t i = 0; i < image.network().layers.size(); ++i) {
    const auto layer = static_cast<std::uint16_t>(i);
    if (selection.shows_layer(i) && image.is_interleaved(layer, iteration)) {
      task(layer, image.groups(layer, iteration));
    }
  }
}

bool has_blocks(const MemoryImage& image) {
  return image.info().policy != InterleavePolicy::position;
}

std::string blocks_text(const MemoryImage& image, std::uint16_t layer) {
  const BlockSplit split{static_cast<std::uint32_t>(image.network().layers[layer].window.area()),
                         image.blocks(layer)};
  std::string text =
      fmt::format("{} block{} of {}", split.blocks, split.blocks == 1 ? "" : "s", split.size());
  const std::uint32_t last = split.capacity(split.blocks - 1, 1);
  return last == split.size() ? text : text + fmt::format(", the last of {}", last);
}

std::string flags_text(const KernelGroup& group, std::uint32_t blocks) {
  std::string text;
  for (const bool flag : encode_flags(group, blocks)) {
    text += flag ? '1' : '0';
  }
  return text;
}

std::string kernel_text(const GroupedKernel& kernel) {
  const std::string text = fmt::format("{}@{}", kernel.kernel, kernel.first_block);
  return kernel.blocks < 2 ? text
                           : text + fmt::format("-{}", kernel.first_block + kernel.blocks - 1);
}

}  // namespace

std::string groups_text(const MemoryImage& image, std::uint16_t iteration,
                        const ImageSelection& selection) {
  std::string text;
  for_each_layer(image, iteration, selection, [&](std::uint16_t layer, const KernelGroups& groups) {
    text += fmt::format("\nbatch {}, layer {} ({}): {} group{}", iteration, layer,
                        one_line(image.network().layers[layer].name), groups.size(),
                        groups.size() == 1 ? "" : "s");
    text += has_blocks(image) ? ", " + blocks_text(image, layer) + "\n" : "\n";
    for (std::size_t g = 0; g < groups.size(); ++g) {
      text += fmt::format("  group {:<4}", g);
      if (has_blocks(image)) {
        text += " flags " + flags_text(groups[g], image.blocks(layer)) + " ";
      }
      text += " kernels";
      for (const GroupedKernel& kernel : groups[g]) {
        text += " " + kernel_text(kernel);
      }
      text += '\n';
    }
  });
  return text;
}

Json groups_json(const MemoryImage& image, std::uint16_t iteration,
                 const ImageSelection& selection) {
  Json layers = Json::array();
  for_each_layer(image, iteration, selection, [&](std::uint16_t layer, const KernelGroups& found) {
    const bool blocks = has_blocks(image);
    Json groups = Json::array();
    for (const KernelGroup& group : found) {
      Json kernels = Json::array();
      for (const GroupedKernel& kernel : group) {
        kernels.push_back(blocks ? Json{{"kernel", kernel.kernel},
                                        {"first_block", kernel.first_block},
                                        {"blocks", kernel.blocks}}
                                 : Json{{"kernel", kernel.kernel}, {"tag", kernel.first_block}});
      }
      groups.push_back({{"flags", blocks ? Json(flags_text(group, image.blocks(layer))) : Json()},
                        {"kernels", std::move(kernels)}});
    }
    layers.push_back({{"layer", layer},
                      {"blocks", blocks ? Json(image.blocks(layer)) : Json()},
                      {"groups", std::move(groups)}});
  });
  return layers;
}

}  // namespace airnn
