// SPDX-License-Identifier: Apache-2.0
#include "sw/results/coverage/coverage.h"

namespace airnn {

Coverage::Coverage() {
  for (const CoverGroup& group : cover_groups()) {
    hits_.emplace_back(group.bins());
  }
}

void Coverage::hit(Cover group, std::size_t first, std::size_t second, std::uint64_t times) {
  const auto index = static_cast<std::size_t>(group);
  const std::size_t width = cover_groups()[index].second.size();
  hits_[index].at(width == 0 ? first : first * width + second) += times;
}

void Coverage::merge(const Coverage& other) {
  for (std::size_t g = 0; g < hits_.size(); ++g) {
    for (std::size_t b = 0; b < hits_[g].size(); ++b) {
      hits_[g][b] += other.hits_[g][b];
    }
  }
}

std::vector<std::string> Coverage::holes() const {
  std::vector<std::string> holes;
  for (std::size_t g = 0; g < hits_.size(); ++g) {
    for (std::size_t b = 0; b < hits_[g].size(); ++b) {
      const CoverBin bin = cover_groups()[g].bin(b);
      if (bin.kind == BinKind::goal && hits_[g][b] == 0) {
        holes.push_back(cover_groups()[g].name + ": " + bin.name);
      }
    }
  }
  return holes;
}

std::vector<std::string> Coverage::broken() const {
  std::vector<std::string> broken;
  for (std::size_t g = 0; g < hits_.size(); ++g) {
    for (std::size_t b = 0; b < hits_[g].size(); ++b) {
      const CoverBin bin = cover_groups()[g].bin(b);
      if (bin.kind != BinKind::goal && hits_[g][b] > 0) {
        broken.push_back(cover_groups()[g].name + ": " + bin.name + ": " +
                         std::to_string(hits_[g][b]) + " times, but " + bin.why);
      }
    }
  }
  return broken;
}

}  // namespace airnn
