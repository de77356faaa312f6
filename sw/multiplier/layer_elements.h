// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "sw/config/config_reader.h"
#include "sw/config/parameter.h"
#include "sw/format/network.h"
#include "sw/multiplier/product_table.h"

namespace airnn {

/// Multipliers of one type that layers are mapped to (docs/multipliers.md).
struct Element {
  std::string name;
  double relative_energy = 1;  ///< of a multiplication, of the exact multiplier's
  /// Null: no multiplier of a file, but a product that the program has by this name.
  std::shared_ptr<const ProductTable> table;

  bool is_exact() const;
  /// How images name it: the checksum of the table, 0 if it is exact.
  std::uint32_t product_table() const;
};

/// Whether every layer has multipliers of its own, or those of an element are one array that its
/// layers use one after the other.
enum class Organisation : std::uint8_t { layered, shared };

inline constexpr std::int32_t kNoElement = -1;

/// The keys of a section `accelerator` that say which layer multiplies by what.
struct ElementKeys {
  std::string multipliers;
  std::vector<std::string> elements;
  Organisation organisation = Organisation::layered;
};

/// Which multipliers the layers of a network have.
struct LayerElements {
  std::string multipliers_file;   ///< empty: none
  std::vector<Element> elements;  ///< empty: every multiplier is the exact one
  Organisation organisation = Organisation::layered;
  std::vector<std::int32_t> of_layer;  ///< per layer; kNoElement: exact, or no weights

  /// Null: the layer has none.
  const Element* of(std::size_t layer) const;
  /// For messages: the name of the multiplier that has such a table, as far as it is known.
  std::string name_of(std::uint32_t product_table) const;
};

/// Of the elements that are not exact, by their checksums.
std::map<std::uint32_t, std::vector<std::uint16_t>> product_tables(const LayerElements& elements);

/// The keys of `accelerator`, and that of a layer: `element`. Those that are absent are no part of
/// what took effect.
ParameterTable<ElementKeys> element_parameters();
ParameterText layer_element_parameter();

/// Reads them. `precision`: bits of weights and activations; `products`: names that elements may
/// have without a file. Convolutions use the one element there is, and must name theirs where there
/// are several; fully connected layers are exact unless they name one. Throws ConfigError for what
/// docs/multipliers.md says is refused.
LayerElements read_layer_elements(const ConfigReader& accelerator, const Network& network,
                                  int precision, const std::vector<std::string>& products);

}  // namespace airnn
