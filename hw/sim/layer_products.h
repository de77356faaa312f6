// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "hw/top/accelerator_params.h"
#include "sw/config/config_document.h"
#include "sw/config/config_reader.h"
#include "sw/format/network.h"
#include "sw/multiplier/layer_elements.h"
#include "sw/results/priced_action.h"
#include "sw/results/run_results.h"

namespace airnn {

/// Reads what the layers of a machine multiply by (docs/multipliers.md), and makes products of it:
/// `params` gets them, and which of them each layer has. Throws ConfigError, also for an image
/// (`network`) that is compiled for other multipliers.
LayerElements read_layer_products(const ConfigReader& accelerator, const Network& network,
                                  AcceleratorParams& params);

/// The elements of a run file, of which nothing else is read; `sets` as in read_run_config().
/// Throws ConfigError.
LayerElements read_run_elements(const std::string& path, const std::vector<ConfigAssignment>& sets,
                                const Network& network);

/// Energy of a multiplication by price class, relative to that of the usual price.
using RelativeEnergies = std::map<PriceClass, double>;

/// Of all elements.
RelativeEnergies relative_energies(const LayerElements& elements);

/// As results show them: one per layer, none without elements.
std::vector<LayerMultiplier> layer_multipliers(const Network& network,
                                               const LayerElements& elements);

}  // namespace airnn
