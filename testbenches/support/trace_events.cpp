// SPDX-License-Identifier: Apache-2.0
#include "testbenches/support/trace_events.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <utility>

namespace airnn::test {

namespace {

using Json = nlohmann::json;

std::uint64_t picoseconds(const Json& microseconds) {
  return static_cast<std::uint64_t>(std::llround(microseconds.get<double>() * 1e6));
}

}  // namespace

TraceEvents TraceEvents::of_file(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return TraceEvents(text.str());
}

TraceEvents::TraceEvents(const std::string& text) {
  const Json events = Json::parse(text).at("traceEvents");
  std::map<int, std::string> processes;
  std::map<std::pair<int, int>, std::string> tracks;
  for (const Json& event : events) {
    if (event.at("ph") == "M" && event.at("name") == "process_name") {
      processes[event.at("pid")] = event.at("args").at("name");
    } else if (event.at("ph") == "M" && event.at("name") == "thread_name") {
      tracks[{event.at("pid"), event.at("tid")}] = event.at("args").at("name");
    }
  }
  const auto track = [&](const Json& event) {
    return processes.at(event.at("pid")) + "/" +
           tracks.at({event.at("pid").get<int>(), event.at("tid").get<int>()});
  };
  std::map<std::string, std::vector<std::size_t>> open;
  for (const Json& event : events) {
    const char kind = event.at("ph").get<std::string>().at(0);
    if (kind == 'B') {
      open[track(event)].push_back(slices_[track(event)].size());
      slices_[track(event)].push_back(
          {event.at("name"), picoseconds(event.at("ts")), 0, event.at("args")});
    } else if (kind == 'E') {
      std::vector<std::size_t>& around = open[track(event)];
      Slice& slice = slices_[track(event)].at(around.back());
      if (slice.name != event.at("name") || slice.args != event.at("args")) {
        throw std::runtime_error(slice.name + " is ended by another slice");
      }
      slice.end_ps = picoseconds(event.at("ts"));
      around.pop_back();
    } else if (kind == 'C') {
      counters_[event.at("name")].emplace_back(picoseconds(event.at("ts")),
                                               event.at("args").begin().value().get<double>());
    } else if (kind != 'M') {
      flows_[event.at("id")][kind] = {track(event), picoseconds(event.at("ts"))};
    }
  }
  for (const auto& [name, around] : open) {
    if (!around.empty()) {
      throw std::runtime_error(name + " has a slice without an end");
    }
  }
}

std::string TraceEvents::overlap() const {
  for (const auto& [track, slices] : slices_) {
    std::vector<Slice> sorted = slices;
    std::stable_sort(sorted.begin(), sorted.end(), [](const Slice& a, const Slice& b) {
      return a.begin_ps != b.begin_ps ? a.begin_ps < b.begin_ps : a.end_ps > b.end_ps;
    });
    std::vector<const Slice*> open;
    for (const Slice& slice : sorted) {
      while (!open.empty() && open.back()->end_ps <= slice.begin_ps) {
        open.pop_back();
      }
      if (!open.empty() && slice.end_ps > open.back()->end_ps) {
        return track + ": " + open.back()->name + " and " + slice.name + " at " +
               std::to_string(slice.begin_ps) + " ps";
      }
      open.push_back(&slice);
    }
  }
  return "";
}

bool TraceEvents::has_slice_at(const std::string& track, std::uint64_t time_ps) const {
  const auto found = slices_.find(track);
  return found != slices_.end() &&
         std::any_of(found->second.begin(), found->second.end(), [time_ps](const Slice& slice) {
           return slice.begin_ps == time_ps || (slice.begin_ps < time_ps && time_ps < slice.end_ps);
         });
}

}  // namespace airnn::test
