// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "hw/compute/engine_params.h"
#include "hw/compute/layer_engine.h"

namespace airnn {

struct NamedProduct {
  std::string name;
  std::function<std::shared_ptr<const Product>()> make;
};

struct NamedEngine {
  std::string name;
  std::function<std::unique_ptr<LayerEngine>(const EngineParams&)> make;
};

/// Everything that a layer can be computed by, by name. It begins with what is built in; a run may
/// be given more (AcceleratorParams).
struct EngineTable {
  std::vector<NamedEngine> engines;
  std::vector<NamedProduct> products;
};

/// Engines `mac` and `associative`, product `exact`.
EngineTable built_in_engines();

/// What computes a layer.
struct EngineChoice {
  std::string engine = "mac";
  std::string product = "exact";
  std::int32_t array = -1;  ///< layers of the same number share one array of multipliers; -1: own
};

/// What computes a layer for which nothing is chosen.
EngineChoice usual_choice(const Layer& layer);

/// The engine of a layer; its product is set here. Throws UserError for a name that is not in the
/// table, with those that are.
std::unique_ptr<LayerEngine> make_engine(const EngineTable& table, const EngineChoice& choice,
                                         EngineParams params);

}  // namespace airnn
