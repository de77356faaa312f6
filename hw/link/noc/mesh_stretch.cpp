// SPDX-License-Identifier: Apache-2.0
#include "hw/link/noc/mesh_stretch.h"

#include <algorithm>

namespace airnn {

void MeshStretch::add_work(Cycle cycle, bool is_routed) {
  if (work.empty() || work.back().end != cycle + 1) {
    const std::size_t last = work.size();
    // The cycle before is complete: it may continue the run of those before it.
    if (last >= 2) {
      MeshWork& run = work[last - 2];
      const MeshWork& done = work[last - 1];
      if (run.end == done.begin && run.flit_hops == done.flit_hops && run.routed == done.routed) {
        run.end = done.end;
        work.pop_back();
      }
    }
    work.push_back({cycle, cycle + 1, 0, 0});
  }
  ++work.back().flit_hops;
  work.back().routed += is_routed ? 1 : 0;
}

bool MeshStretch::is_begin_of(const MeshStretch& other) const {
  if (sends.size() > other.sends.size() ||
      !std::equal(sends.begin(), sends.end(), other.sends.begin())) {
    return false;
  }
  return sends.size() == other.sends.size() || arrivals.empty() ||
         arrivals.back().pushed < other.sends[sends.size()].cycle;
}

bool MeshStretch::agrees_with(const MeshStretch& other) const {
  const auto [send, other_send] =
      std::mismatch(sends.begin(), sends.end(), other.sends.begin(), other.sends.end());
  const Cycle alike_until = std::min(send == sends.end() ? kNever : send->cycle,
                                     other_send == other.sends.end() ? kNever : other_send->cycle);
  const auto [arrival, other_arrival] =
      std::mismatch(arrivals.begin(), arrivals.end(), other.arrivals.begin(), other.arrivals.end());
  return (arrival == arrivals.end() || arrival->pushed >= alike_until) &&
         (other_arrival == other.arrivals.end() || other_arrival->pushed >= alike_until);
}

}  // namespace airnn
