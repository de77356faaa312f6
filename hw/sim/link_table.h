// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "hw/link/link_model.h"
#include "sw/config/config_reader.h"
#include "sw/config/parameter.h"
#include "sw/format/network.h"

namespace airnn {

/// A link that a configuration can name.
struct LinkRow {
  std::string name;  ///< `accelerator.interconnect`
  /// Reads and checks the section of its name in `accelerator`; throws ConfigError. Null: it has no
  /// parameters.
  LinkModel (*read)(const ConfigReader& section, const Network& network) = nullptr;
  /// The keys there are, for lists of them; their prefixes count from the section. Null: none.
  std::vector<ParameterSection> (*sections)() = nullptr;
};
using LinkTable = std::vector<LinkRow>;

/// All links of the project. The first is the usual one.
const LinkTable& built_in_links();

/// Reads the link that the section `accelerator` names, and its parameters; throws ConfigError. A
/// key that is absent is no part of what took effect.
LinkModel read_link(const ConfigReader& accelerator, const Network& network,
                    const LinkTable& links);

/// The keys of links in the section `accelerator`.
std::vector<ParameterSection> link_parameters(const LinkTable& links);

}  // namespace airnn
