// SPDX-License-Identifier: Apache-2.0
#include "sw/multiplier/layer_elements.h"

#include <algorithm>
#include <optional>

#include "sw/config/nearest_name.h"
#include "sw/format/errors.h"
#include "sw/multiplier/multiplier_library.h"
#include "sw/multiplier/table_file.h"

namespace airnn {

namespace {

constexpr int kPrecision = 8;

std::string list_of(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) {
    text += (text.empty() ? "" : ", ") + name;
  }
  return text;
}

class ElementReader {
 public:
  ElementReader(const ConfigReader& accelerator, const Network& network, int precision,
                const std::vector<std::string>& products)
      : accelerator_(accelerator), network_(network), precision_(precision), products_(products) {}

  LayerElements read() {
    read_parameters(element_parameters(), accelerator_, keys_);
    result_.multipliers_file = keys_.multipliers;
    result_.organisation = keys_.organisation;
    result_.of_layer.assign(network_.layers.size(), kNoElement);
    if (!keys_.multipliers.empty()) {
      library_ = MultiplierLibrary::read(keys_.multipliers);
    }
    for (const std::string& name : keys_.elements) {
      result_.elements.push_back(element(name));
    }
    if (accelerator_.has("organisation") && keys_.elements.empty()) {
      accelerator_.fail("organisation", "there are no elements; expected a list 'elements'");
    }
    give_default();
    if (const auto layers = accelerator_.optional_section("layers")) {
      read_layers(*layers);
    }
    check_all_have_one();
    return std::move(result_);
  }

 private:
  Element element(const std::string& name) {
    const auto known = std::find_if(result_.elements.begin(), result_.elements.end(),
                                    [&](const Element& other) { return other.name == name; });
    if (known != result_.elements.end()) {
      return *known;
    }
    const Multiplier* multiplier = library_ ? library_->find(name) : nullptr;
    if (multiplier != nullptr) {
      if (precision_ != kPrecision) {
        accelerator_.fail("elements",
                          "multiplier '" + name + "' has 8-bit operands, but the image has " +
                              std::to_string(precision_) + " bits; expected one of --precision 8");
      }
      return {name, multiplier->relative_energy,
              std::make_shared<const ProductTable>(multiplier->table())};
    }
    if (std::find(products_.begin(), products_.end(), name) == products_.end()) {
      refuse_name(name);
    }
    return {name, 1, nullptr};
  }

  [[noreturn]] void refuse_name(const std::string& name) const {
    std::vector<std::string> names = library_ ? library_->names() : std::vector<std::string>();
    names.insert(names.end(), products_.begin(), products_.end());
    if (library_) {
      accelerator_.fail("elements", keys_.multipliers + " has no multiplier '" + name + "'" +
                                        did_you_mean(name, names));
    }
    accelerator_.fail("elements", "there is no multiplier '" + name + "': expected one of " +
                                      list_of(names) + ", or a file 'multipliers' that has it");
  }

  static bool convolves(const Layer& layer) {
    return layer.kind == LayerKind::convolution || layer.kind == LayerKind::depthwise;
  }

  void give_default() {
    for (std::size_t i = 0; i < network_.layers.size(); ++i) {
      if (result_.elements.size() == 1 && convolves(network_.layers[i])) {
        result_.of_layer[i] = 0;
      }
    }
  }

  void read_layers(const ConfigReader& layers) {
    std::vector<std::string> names;
    for (const Layer& layer : network_.layers) {
      names.push_back(layer.name);
    }
    for (const std::string& name : layers.keys()) {
      const auto found = std::find(names.begin(), names.end(), name);
      if (found == names.end()) {
        layers.fail(name, "network " + network_.name + " has no layer of this name" +
                              did_you_mean(name, names));
      }
      const ConfigReader keys = layers.required_section(name);
      if (keys.has("element")) {
        read_layer(keys, static_cast<std::size_t>(found - names.begin()));
      }
    }
  }

  void read_layer(const ConfigReader& keys, std::size_t index) {
    const Layer& layer = network_.layers[index];
    if (!layer.has_weights()) {
      keys.fail("element", "layer " + layer.name + " has no weights, so it multiplies nothing");
    }
    if (result_.elements.empty()) {
      keys.fail("element", "there are no elements; expected a list 'accelerator.elements'");
    }
    const auto last = static_cast<std::int32_t>(result_.elements.size()) - 1;
    result_.of_layer[index] = keys.required_int<std::int32_t>("element", 0, last);
  }

  void check_all_have_one() const {
    for (std::size_t i = 0; i < network_.layers.size(); ++i) {
      if (!result_.elements.empty() && convolves(network_.layers[i]) &&
          result_.of_layer[i] == kNoElement) {
        accelerator_.fail("layers", "layer " + network_.layers[i].name +
                                        " names none of the elements; expected layers." +
                                        network_.layers[i].name + ".element: 0 to " +
                                        std::to_string(result_.elements.size() - 1));
      }
    }
  }

  const ConfigReader& accelerator_;
  const Network& network_;
  const int precision_;
  const std::vector<std::string>& products_;
  ElementKeys keys_;
  std::optional<MultiplierLibrary> library_;
  LayerElements result_;
};

}  // namespace

bool Element::is_exact() const {
  return table == nullptr || *table == ProductTable::from_function(
                                           [](std::uint32_t a, std::uint32_t b) { return a * b; });
}

std::uint32_t Element::product_table() const {
  return is_exact() ? 0 : table->crc32c();
}

const Element* LayerElements::of(std::size_t layer) const {
  return layer >= of_layer.size() || of_layer[layer] == kNoElement
             ? nullptr
             : &elements[static_cast<std::size_t>(of_layer[layer])];
}

std::string LayerElements::name_of(std::uint32_t product_table) const {
  if (product_table == 0) {
    return "'exact'";
  }
  if (!multipliers_file.empty()) {
    const MultiplierLibrary library = MultiplierLibrary::read(multipliers_file);
    for (const Multiplier& multiplier : library.multipliers()) {
      try {
        if (multiplier.table().crc32c() == product_table) {
          return "'" + multiplier.name + "'";
        }
      } catch (const UserError&) {
        // Of a table that is not there nothing is known.
      }
    }
  }
  return "one whose table has the checksum " + crc_text(product_table);
}

std::map<std::uint32_t, std::vector<std::uint16_t>> product_tables(const LayerElements& elements) {
  std::map<std::uint32_t, std::vector<std::uint16_t>> tables;
  for (const Element& element : elements.elements) {
    if (!element.is_exact()) {
      tables[element.product_table()] = element.table->products();
    }
  }
  return tables;
}

ParameterTable<ElementKeys> element_parameters() {
  using Row = Parameter<ElementKeys>;
  const auto if_given = [](const char* key, auto read) {
    return [key, read](const ConfigReader& reader, ElementKeys& keys, bool /*required*/) {
      if (reader.has(key)) {
        read(reader, keys);
      }
    };
  };
  const std::vector<NamedValue<Organisation>> organisations{{"layered", Organisation::layered},
                                                            {"shared", Organisation::shared}};
  return {
      Row({"multipliers", "none", TextValues{"file"}, "File of multipliers (configs/multipliers)"},
          if_given("multipliers",
                   [](const ConfigReader& reader, ElementKeys& keys) {
                     keys.multipliers = reader.required_path("multipliers");
                   })),
      Row({"elements", "[]", TextValues{"list of names"},
           "Multipliers that layers are mapped to; without any, all are exact"},
          if_given("elements",
                   [](const ConfigReader& reader, ElementKeys& keys) {
                     keys.elements = reader.strings("elements");
                   })),
      Row({"organisation", "layered", ChoiceValues{{"layered", "shared"}},
           "shared: layers of an element use one array, one after the other"},
          if_given("organisation", [organisations](const ConfigReader& reader, ElementKeys& keys) {
            keys.organisation = reader.required_enum("organisation", organisations);
          }))};
}

ParameterText layer_element_parameter() {
  return {"element", "none", IntegerValues{0, 255},
          "Number of its element, from 0; convolutions need it if there are several"};
}

LayerElements read_layer_elements(const ConfigReader& accelerator, const Network& network,
                                  int precision, const std::vector<std::string>& products) {
  return ElementReader(accelerator, network, precision, products).read();
}

}  // namespace airnn
