// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "hw/link/noc/mesh_params.h"
#include "sw/results/counts.h"

namespace airnn {

/// The class of energy prices of such routers: "32x4", flit bits and depth of buffers; with several
/// virtual channels "32x4x2".
std::string mesh_price_class(const MeshParams& mesh);

/// What routers are counted for, at the prices of a class.
std::vector<PricedAction> mesh_actions(const std::string& price_class);

/// That they did so much: flits that passed a router, heads that a router sent to another, and the
/// cycles of all routers, of so many ps each.
Counts mesh_counts(const std::string& price_class, std::uint64_t flit_hops, std::uint64_t routed,
                   std::uint64_t router_cycles, std::uint64_t period_ps);

}  // namespace airnn
