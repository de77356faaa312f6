// SPDX-License-Identifier: Apache-2.0
#include "hw/sim/layer_products.h"

#include <memory>

#include "hw/compute/product/exact_product.h"
#include "hw/compute/product/lut_product.h"

namespace airnn {

namespace {

/// Usual is what nobody needs a price of its own for.
PriceClass price_class_of(const Element& element) {
  return element.is_exact() && element.relative_energy == 1 ? PriceClass() : element.name;
}

/// As the table of products calls it, so that names of files and built-in ones do not meet.
std::string product_name(const Element& element) {
  return element.table == nullptr ? element.name : "multiplier:" + element.name;
}

std::shared_ptr<const Product> product_of(const Element& element) {
  if (element.is_exact()) {
    return std::make_shared<const ExactProduct>(ExactProduct::Instructions::fastest,
                                                price_class_of(element));
  }
  return std::make_shared<const LutProduct>(element.table->products(), price_class_of(element));
}

/// An image holds weights, and sums that are proved, for one table of products.
void check_image(const ConfigReader& accelerator, const Network& network,
                 const LayerElements& elements) {
  for (std::size_t i = 0; i < network.layers.size(); ++i) {
    const Element* element = elements.of(i);
    const std::uint32_t table = element == nullptr ? 0 : element->product_table();
    if (table != network.layers[i].product_table) {
      accelerator.fail(elements.elements.empty() ? "elements" : "layers",
                       "layer " + network.layers[i].name +
                           ": the image is compiled for multiplier " +
                           elements.name_of(network.layers[i].product_table) +
                           ", the machine has '" + (element == nullptr ? "exact" : element->name) +
                           "'; expected an image of 'airnn compile --accelerator' with the same");
    }
  }
}

std::vector<std::string> product_names(const EngineTable& table) {
  std::vector<std::string> names;
  for (const NamedProduct& product : table.products) {
    names.push_back(product.name);
  }
  return names;
}

}  // namespace

LayerElements read_run_elements(const std::string& path, const std::vector<ConfigAssignment>& sets,
                                const Network& network) {
  ConfigDocument document = ConfigDocument::load(path, {"accelerator", "memory", "energy"});
  for (const ConfigAssignment& set : sets) {
    document.set(set);
  }
  return read_layer_elements(document.reader().section("accelerator"), network,
                             network.input_format.bits, product_names(built_in_engines()));
}

LayerElements read_layer_products(const ConfigReader& accelerator, const Network& network,
                                  AcceleratorParams& params) {
  const std::vector<std::string> products = product_names(params.engine_table);
  LayerElements elements =
      read_layer_elements(accelerator, network, network.input_format.bits, products);
  for (const Element& element : elements.elements) {
    if (!is_price_class(element.name)) {
      accelerator.fail("elements", "multiplier '" + element.name +
                                       "': expected a name of letters, digits, '_', '-' and '.'");
    }
    if (element.table != nullptr) {
      params.engine_table.products.push_back(
          {product_name(element), [product = product_of(element)] { return product; }});
    }
  }
  check_image(accelerator, network, elements);
  for (std::size_t i = 0; i < network.layers.size(); ++i) {
    if (const Element* element = elements.of(i)) {
      params.engines[i].product = product_name(*element);
      params.engines[i].array =
          elements.organisation == Organisation::shared ? elements.of_layer[i] : -1;
    }
  }
  return elements;
}

RelativeEnergies relative_energies(const LayerElements& elements) {
  RelativeEnergies relative;
  for (const Element& element : elements.elements) {
    if (element.table != nullptr) {
      relative[price_class_of(element)] = element.relative_energy;
    }
  }
  return relative;
}

std::vector<LayerMultiplier> layer_multipliers(const Network& network,
                                               const LayerElements& elements) {
  std::vector<LayerMultiplier> layers;
  for (std::size_t i = 0; i < network.layers.size() && !elements.elements.empty(); ++i) {
    const Element* element = elements.of(i);
    layers.push_back(element == nullptr ? LayerMultiplier()
                                        : LayerMultiplier{elements.of_layer[i], element->name,
                                                          element->relative_energy});
  }
  return layers;
}

}  // namespace airnn
