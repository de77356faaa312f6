// SPDX-License-Identifier: Apache-2.0
#include "testbenches/reference/machine_trace.h"

#include <sstream>

namespace airnn::test {

namespace {

template <typename... Fields>
std::string text_of(const std::tuple<Fields...>& event) {
  std::ostringstream text;
  text << '(';
  std::apply([&text](const Fields&... fields) { ((text << fields << ' '), ...); }, event);
  text << ')';
  return text.str();
}

template <typename Event>
std::string difference_of(const std::string& what, const std::vector<Event>& machine,
                          const std::vector<Event>& twin) {
  for (std::size_t i = 0; i < machine.size() || i < twin.size(); ++i) {
    if (i < machine.size() && i < twin.size() && machine[i] == twin[i]) {
      continue;
    }
    return what + " " + std::to_string(i) + ": machine " +
           (i < machine.size() ? text_of(machine[i]) : "none") + ", twin " +
           (i < twin.size() ? text_of(twin[i]) : "none");
  }
  return {};
}

std::string difference_of(const std::string& what, const ActivityTwin& machine,
                          const ActivityTwin& twin) {
  std::ostringstream text;
  if (!(machine == twin)) {
    text << "cycles of the " << what << ": machine " << machine << "; twin " << twin;
  }
  return text.str();
}

}  // namespace

std::string groups_text(const KernelGroups& groups) {
  std::ostringstream text;
  for (const KernelGroup& group : groups) {
    text << '[';
    for (const GroupedKernel& kernel : group) {
      text << ' ' << kernel.kernel << ':' << kernel.first_block << '+' << kernel.blocks;
    }
    text << " ]";
  }
  return text.str();
}

std::string difference(const MachineTrace& machine, const MachineTrace& twin) {
  std::vector<std::string> found = {
      difference_of("state", machine.states, twin.states),
      difference_of("read", machine.reads, twin.reads),
      difference_of("fetch", machine.fetches, twin.fetches),
      difference_of("input burst", machine.input_bursts, twin.input_bursts),
      difference_of("control message", machine.control, twin.control),
      difference_of("decision", machine.decisions, twin.decisions),
      difference_of("result", machine.results, twin.results),
      difference_of("controller", machine.controller, twin.controller),
      difference_of("address calculation", machine.addresses, twin.addresses),
      difference_of("score calculation", machine.score, twin.score)};
  for (std::size_t i = 0; i < machine.placements.size() && i < twin.placements.size(); ++i) {
    found.push_back(difference_of("piece of weight buffer " + std::to_string(i) + ",",
                                  machine.placements[i], twin.placements[i]));
  }
  for (std::size_t i = 0; i < machine.layer_control.size() && i < twin.layer_control.size(); ++i) {
    found.push_back(difference_of("control message of layer " + std::to_string(i) + ",",
                                  machine.layer_control[i], twin.layer_control[i]));
  }
  if (machine.layer_control.size() != twin.layer_control.size()) {
    found.emplace_back("another number of layers");
  }
  if (machine.placements.size() != twin.placements.size()) {
    found.emplace_back("another number of weight buffers");
  }
  if (machine.memory_working != twin.memory_working) {
    found.push_back("cycles of the memory: machine " + std::to_string(machine.memory_working) +
                    ", twin " + std::to_string(twin.memory_working));
  }
  std::string all;
  for (const std::string& text : found) {
    all += text.empty() ? "" : text + "\n";
  }
  return all;
}

}  // namespace airnn::test
