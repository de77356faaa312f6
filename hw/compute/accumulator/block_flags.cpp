// SPDX-License-Identifier: Apache-2.0
#include "hw/compute/accumulator/block_flags.h"

#include <algorithm>

namespace airnn {

namespace {

constexpr std::uint32_t kUnowned = 0;

bool is_legal(const BlockRun& run) {
  return (run.blocks & (run.blocks - 1)) == 0 && run.first_block % run.blocks == 0;
}

std::string to_string(const BlockFlags& flags) {
  std::string text;
  for (const bool flag : flags) {
    text += flag ? '1' : '0';
  }
  return text;
}

std::string blocks_text(std::uint32_t first, std::uint32_t count) {
  return std::to_string(count) + (count == 1 ? " block from block " : " blocks from block ") +
         std::to_string(first) + " on";
}

/// Largest power of two at a multiple of it that begins with block `first` and is unowned.
std::uint32_t unowned_piece(const std::vector<std::uint32_t>& owners, std::uint32_t first) {
  std::uint32_t size = 1;
  while (first % (2 * size) == 0 && first + 2 * size <= owners.size() &&
         std::all_of(owners.begin() + first, owners.begin() + first + 2 * size,
                     [](std::uint32_t owner) { return owner == kUnowned; })) {
    size *= 2;
  }
  return size;
}

}  // namespace

BlockFlags encode_flags(const KernelGroup& group, std::uint32_t blocks) {
  std::vector<std::uint32_t> owners(blocks, kUnowned);
  std::uint32_t owner = kUnowned;
  for (const GroupedKernel& kernel : group) {
    ++owner;
    for (std::uint32_t b = 0; b < kernel.blocks && kernel.first_block + b < blocks; ++b) {
      owners[kernel.first_block + b] = owner;
    }
  }
  for (std::uint32_t b = 0; b < blocks; ++b) {
    if (owners[b] == kUnowned) {
      const std::uint32_t size = unowned_piece(owners, b);
      std::fill_n(owners.begin() + b, size, ++owner);
    }
  }
  BlockFlags flags(blocks, false);
  for (std::uint32_t b = 1; b < blocks; ++b) {
    flags[b] = flags[b - 1] != (owners[b] != owners[b - 1]);
  }
  return flags;
}

DecodedFlags decode_flags(const BlockFlags& flags) {
  DecodedFlags decoded;
  for (std::uint32_t b = 0; b < flags.size(); ++b) {
    if (b == 0 || flags[b] != flags[b - 1]) {
      decoded.runs.push_back({b, 0});
    }
    ++decoded.runs.back().blocks;
  }
  for (const BlockRun& run : decoded.runs) {
    if (!is_legal(run)) {
      decoded.error = "flags " + to_string(flags) + " give one kernel " +
                      blocks_text(run.first_block, run.blocks) +
                      "; expected a power of two at a multiple of it";
      break;
    }
  }
  return decoded;
}

std::string check_flags(const BlockFlags& flags, const KernelGroup& group) {
  DecodedFlags decoded = decode_flags(flags);
  if (!decoded.error.empty()) {
    return decoded.error;
  }
  for (const GroupedKernel& kernel : group) {
    const auto run = std::find_if(decoded.runs.begin(), decoded.runs.end(), [&](const auto& r) {
      return r.first_block <= kernel.first_block && kernel.first_block < r.first_block + r.blocks;
    });
    const std::string due = "kernel " + std::to_string(kernel.kernel) + " owns " +
                            blocks_text(kernel.first_block, kernel.blocks) + ", but ";
    if (run == decoded.runs.end()) {
      return due + "no flag is left of " + to_string(flags) + " for it";
    }
    if (!(*run == BlockRun{kernel.first_block, kernel.blocks})) {
      return due + "flags " + to_string(flags) + " decode to " +
             blocks_text(run->first_block, run->blocks);
    }
    decoded.runs.erase(run);
  }
  return "";
}

}  // namespace airnn
