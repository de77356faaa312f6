// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <exception>
#include <string>

#include "sw/format/output_file.h"

namespace airnn {

using Picoseconds = std::uint64_t;

/// A row of a timeline: numbers of a process and of a thread in it, which are its order too.
struct TraceTrack {
  unsigned process = 0;
  unsigned thread = 0;
};

/// Ends of an arrow from slice to slice.
enum class FlowPoint : char { begin = 's', step = 't', end = 'f' };

/// Writes a file of trace events (JSON), as ui.perfetto.dev, speedscope and chrome://tracing open
/// it: a line per event, in any order of time. `args` are members of a JSON object, e.g.
/// "\"input\":3".
///
/// A slice is written as its two ends, each with name and args: a viewer that adds up beginning and
/// length (as binary fractions) finds another end than that of what is inside, and one that looks
/// for the beginning of an end needs both. Times are whole nanoseconds, rounded down.
class TraceEventFile {
 public:
  /// Throws UserError if `path` cannot be created.
  explicit TraceEventFile(const std::string& path);

  void name_process(unsigned process, const std::string& name);
  void name_track(TraceTrack track, const std::string& name);
  /// Slices of a track are told in the order of their beginnings.
  void slice(TraceTrack track, const std::string& name, Picoseconds begin, Picoseconds end,
             const std::string& args);
  /// A slice around others, which are told before it is closed, by the same name and args.
  void open(TraceTrack track, const std::string& name, Picoseconds begin, const std::string& args);
  void close(TraceTrack track, const std::string& name, Picoseconds end, const std::string& args);
  /// At a time within a slice of the track. Points of one arrow have its number and name in common.
  void flow(FlowPoint point, TraceTrack track, std::uint64_t arrow, Picoseconds time,
            const std::string& name = "weights");
  void counter(unsigned process, const std::string& name, Picoseconds time,
               const std::string& args);

  /// All is told. Throws UserError if anything could not be written; without this call there will
  /// be no file.
  void commit();

 private:
  void put(char kind, const std::string& members);
  void edge(char kind, TraceTrack track, const std::string& name, Picoseconds time,
            const std::string& args);
  void flush();

  OutputFile file_;
  std::string text_;
  bool is_first_ = true;
  std::exception_ptr failure_;  ///< kept, as events are told from within the simulation
};

/// `text` as a JSON string.
std::string json_string(const std::string& text);

}  // namespace airnn
