// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace airnn::test {

/// A file of trace events, read back.
class TraceEvents {
 public:
  struct Slice {
    std::string name;
    std::uint64_t begin_ps = 0;
    std::uint64_t end_ps = 0;
    nlohmann::json args;
  };
  struct FlowEnd {
    std::string track;
    std::uint64_t time_ps = 0;
  };

  /// Throws if the text is no such file.
  explicit TraceEvents(const std::string& text);
  /// The text of the file.
  static TraceEvents of_file(const std::string& path);

  /// By "process/track".
  const std::map<std::string, std::vector<Slice>>& slices() const { return slices_; }
  /// Value of a counter over time, by name: picoseconds and first argument.
  const std::map<std::string, std::vector<std::pair<std::uint64_t, double>>>& counters() const {
    return counters_;
  }
  /// Begin, step and end, by id.
  const std::map<std::uint64_t, std::map<char, FlowEnd>>& flows() const { return flows_; }

  /// The first pair of slices of a track that overlap only in part; empty if there is none.
  std::string overlap() const;
  /// Some slice of the track is around this time.
  bool has_slice_at(const std::string& track, std::uint64_t time_ps) const;

 private:
  std::map<std::string, std::vector<Slice>> slices_;
  std::map<std::string, std::vector<std::pair<std::uint64_t, double>>> counters_;
  std::map<std::uint64_t, std::map<char, FlowEnd>> flows_;
};

}  // namespace airnn::test
