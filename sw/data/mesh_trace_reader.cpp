// SPDX-License-Identifier: Apache-2.0
#include "sw/data/mesh_trace_reader.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cstring>

#include "sw/format/shown_text.h"

namespace airnn {

namespace {

constexpr std::size_t kPacketBlock = std::size_t{1} << 16;
constexpr std::size_t kLongestPacketLine = 1024;
constexpr std::size_t kShownField = 40;
constexpr std::uint64_t kCycleLimit = 1'000'000'000'000'000'000;
constexpr std::size_t kFields = 5;
constexpr std::string_view kBlanks = " \t\r";

/// Up to one more than a line should have.
std::vector<std::string_view> split(std::string_view line) {
  std::vector<std::string_view> fields;
  std::size_t at = line.find_first_not_of(kBlanks);
  while (at != std::string_view::npos && fields.size() <= kFields) {
    const std::size_t end = std::min(line.find_first_of(kBlanks, at), line.size());
    fields.push_back(line.substr(at, end - at));
    at = line.find_first_not_of(kBlanks, end);
  }
  return fields;
}

}  // namespace

MeshTraceReader::MeshTraceReader(const std::string& path, const TraceLimits& limits)
    : file_(path), limits_(limits), buffer_(kPacketBlock + kLongestPacketLine) {}

bool MeshTraceReader::next(TracePacket& packet) {
  for (std::string_view line; next_line(line);) {
    const std::size_t begin = line.find_first_not_of(kBlanks);
    if (begin == std::string_view::npos || line[begin] == '#') {
      continue;
    }
    packet = parse(line);
    last_offered_ = packet.offered;
    return true;
  }
  return false;
}

bool MeshTraceReader::next_line(std::string_view& line) {
  const auto end_from = [this](std::size_t from) {
    return static_cast<const char*>(std::memchr(buffer_.data() + from, '\n', filled_ - from));
  };
  const char* end = end_from(at_);
  if (end == nullptr) {
    std::memmove(buffer_.data(), buffer_.data() + at_, filled_ - at_);
    filled_ -= at_;
    at_ = 0;
    const std::size_t before = filled_;
    if (before <= kLongestPacketLine) {
      filled_ += file_.read_into(reinterpret_cast<std::uint8_t*>(buffer_.data()) + filled_,
                                 buffer_.size() - filled_ - 1);
      end = end_from(before);
    }
    if (end == nullptr && filled_ > 0 && filled_ <= kLongestPacketLine) {
      buffer_[filled_] = '\n';  // of the last line, which may lack it
      end = buffer_.data() + filled_++;
    }
  }
  if (end == nullptr && filled_ == 0) {
    return false;
  }
  ++line_;
  const std::size_t length =
      (end == nullptr ? filled_ : static_cast<std::size_t>(end - buffer_.data())) - at_;
  if (length > kLongestPacketLine) {
    refuse(fmt::format("longer than {} characters", kLongestPacketLine));
  }
  line = {buffer_.data() + at_, length};
  at_ += length + 1;
  return true;
}

TracePacket MeshTraceReader::parse(std::string_view line) const {
  const std::vector<std::string_view> fields = split(line);
  if (fields.size() != kFields) {
    refuse(
        fmt::format("'{}': expected 5 fields: cycle, source, destination, flits, virtual channel",
                    shown(line.substr(0, line.find_last_not_of('\r') + 1), kShownField)));
  }
  struct Field {
    const char* name;
    std::uint64_t least;
    std::uint64_t limit;
  };
  const std::array<Field, kFields> due{{{"cycle", 0, kCycleLimit},
                                        {"source", 0, limits_.nodes},
                                        {"destination", 0, limits_.nodes},
                                        {"number of flits", 1, std::uint64_t{limits_.flits} + 1},
                                        {"virtual channel", 0, limits_.virtual_channels}}};
  std::array<std::uint64_t, kFields> values{};
  for (std::size_t i = 0; i < kFields; ++i) {
    const char* const end = fields[i].data() + fields[i].size();
    const auto [rest, error] = std::from_chars(fields[i].data(), end, values[i]);
    if (error != std::errc() || rest != end || values[i] < due[i].least ||
        values[i] >= due[i].limit) {
      refuse(fmt::format("{} '{}'; expected {} to {}", due[i].name, shown(fields[i], kShownField),
                         due[i].least, due[i].limit - 1));
    }
  }
  if (values[0] < last_offered_) {
    refuse(fmt::format("cycle {} comes after {}; expected cycles that do not descend", values[0],
                       last_offered_));
  }
  return {values[0], static_cast<unsigned>(values[1]), static_cast<unsigned>(values[2]),
          static_cast<unsigned>(values[3]), static_cast<unsigned>(values[4])};
}

void MeshTraceReader::refuse(const std::string& complaint) const {
  file_.fail(fmt::format("line {}: {}", line_, complaint));
}

}  // namespace airnn
