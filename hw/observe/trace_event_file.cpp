// SPDX-License-Identifier: Apache-2.0
#include "hw/observe/trace_event_file.h"

#include "sw/format/errors.h"

namespace airnn {

namespace {

constexpr std::size_t kTextBuffer = std::size_t{1} << 20;
constexpr Picoseconds kPicosecondsPerNanosecond = 1000;
constexpr std::uint64_t kNanosecondsPerMicrosecond = 1000;

/// Begun ones do not count: so everything that was in order stays so.
std::uint64_t nanoseconds(Picoseconds time) {
  return time / kPicosecondsPerNanosecond;
}

std::string microseconds(std::uint64_t nanoseconds) {
  const std::string decimals = std::to_string(nanoseconds % kNanosecondsPerMicrosecond);
  return std::to_string(nanoseconds / kNanosecondsPerMicrosecond) + "." +
         std::string(3 - decimals.size(), '0') + decimals;
}

std::string track_members(TraceTrack track) {
  return ",\"pid\":" + std::to_string(track.process) + ",\"tid\":" + std::to_string(track.thread);
}

}  // namespace

std::string json_string(const std::string& text) {
  constexpr char kHex[] = "0123456789abcdef";
  std::string quoted = "\"";
  for (const char letter : text) {
    const auto code = static_cast<unsigned char>(letter);
    if (letter == '"' || letter == '\\') {
      quoted += '\\';
    }
    if (code < 0x20) {
      quoted += "\\u00";
      quoted += kHex[code / 16];
      quoted += kHex[code % 16];
    } else {
      quoted += letter;
    }
  }
  return quoted + '"';
}

TraceEventFile::TraceEventFile(const std::string& path) : file_(path) {
  text_.reserve(kTextBuffer + kTextBuffer / 16);
  text_ = "{\"displayTimeUnit\":\"ns\",\"traceEvents\":[";
}

/// `members` of the event without the first, its kind.
void TraceEventFile::put(char kind, const std::string& members) {
  if (text_.size() > kTextBuffer) {
    flush();
  }
  text_ += is_first_ ? "\n{\"ph\":\"" : ",\n{\"ph\":\"";
  text_ += kind;
  text_ += '"';
  text_ += members;
  text_ += '}';
  is_first_ = false;
}

void TraceEventFile::name_process(unsigned process, const std::string& name) {
  const std::string head = ",\"pid\":" + std::to_string(process);
  put('M', head + R"(,"name":"process_name","args":{"name":)" + json_string(name) + "}");
  put('M', head + R"(,"name":"process_sort_index","args":{"sort_index":)" +
               std::to_string(process) + "}");
}

void TraceEventFile::name_track(TraceTrack track, const std::string& name) {
  const std::string head = track_members(track);
  put('M', head + R"(,"name":"thread_name","args":{"name":)" + json_string(name) + "}");
  put('M', head + R"(,"name":"thread_sort_index","args":{"sort_index":)" +
               std::to_string(track.thread) + "}");
}

void TraceEventFile::edge(char kind, TraceTrack track, const std::string& name, Picoseconds time,
                          const std::string& args) {
  put(kind, track_members(track) + ",\"ts\":" + microseconds(nanoseconds(time)) +
                ",\"name\":" + json_string(name) + ",\"args\":{" + args + "}");
}

void TraceEventFile::slice(TraceTrack track, const std::string& name, Picoseconds begin,
                           Picoseconds end, const std::string& args) {
  open(track, name, begin, args);
  close(track, name, end, args);
}

void TraceEventFile::open(TraceTrack track, const std::string& name, Picoseconds begin,
                          const std::string& args) {
  edge('B', track, name, begin, args);
}

void TraceEventFile::close(TraceTrack track, const std::string& name, Picoseconds end,
                           const std::string& args) {
  edge('E', track, name, end, args);
}

void TraceEventFile::flow(FlowPoint point, TraceTrack track, std::uint64_t arrow, Picoseconds time,
                          const std::string& name) {
  // An arrow ends in the slice around its point, not in the next one.
  put(static_cast<char>(point),
      track_members(track) + ",\"ts\":" + microseconds(nanoseconds(time)) +
          ",\"id\":" + std::to_string(arrow) + ",\"cat\":" + json_string(name) +
          ",\"name\":" + json_string(name) + (point == FlowPoint::end ? R"(,"bp":"e")" : ""));
}

void TraceEventFile::counter(unsigned process, const std::string& name, Picoseconds time,
                             const std::string& args) {
  put('C', ",\"pid\":" + std::to_string(process) + ",\"ts\":" + microseconds(nanoseconds(time)) +
               ",\"name\":" + json_string(name) + ",\"args\":{" + args + "}");
}

void TraceEventFile::flush() {
  if (failure_ == nullptr) {
    try {
      file_.write(text_);
    } catch (const UserError&) {
      failure_ = std::current_exception();
    }
  }
  text_.clear();
}

void TraceEventFile::commit() {
  text_ += "\n]}\n";
  flush();
  if (failure_ != nullptr) {
    std::rethrow_exception(failure_);
  }
  file_.commit();
}

}  // namespace airnn
