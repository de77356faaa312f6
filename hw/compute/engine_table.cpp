// SPDX-License-Identifier: Apache-2.0
#include "hw/compute/engine_table.h"

#include <utility>

#include "hw/compute/associative/associative_engine.h"
#include "hw/compute/mac/mac_engine.h"
#include "hw/compute/product/exact_product.h"
#include "sw/format/errors.h"

namespace airnn {

namespace {

constexpr const char* kAssociative = "associative";

template <typename Named>
const Named& find(const std::vector<Named>& table, const char* kind, const std::string& name,
                  const Layer& layer) {
  std::string names;
  for (const Named& entry : table) {
    if (entry.name == name) {
      return entry;
    }
    names += (names.empty() ? "" : ", ") + entry.name;
  }
  throw UserError("layer " + layer.name + ": there is no " + kind + " '" + name +
                  "'; expected one of " + names);
}

}  // namespace

EngineTable built_in_engines() {
  EngineTable table;
  table.engines = {
      {"mac", [](const EngineParams& params) { return std::make_unique<MacEngine>(params); }},
      {kAssociative,
       [](const EngineParams& params) { return std::make_unique<AssociativeEngine>(params); }},
  };
  table.products = {
      {"exact", [] { return std::make_shared<const ExactProduct>(); }},
  };
  return table;
}

EngineChoice usual_choice(const Layer& layer) {
  EngineChoice choice;
  choice.engine = layer.match_rows > 0 ? kAssociative : choice.engine;
  return choice;
}

std::unique_ptr<LayerEngine> make_engine(const EngineTable& table, const EngineChoice& choice,
                                         EngineParams params) {
  const bool has_rows = params.layer.match_rows > 0;
  if (has_rows && (choice.engine != kAssociative || choice.product != EngineChoice().product)) {
    throw UserError("layer " + params.layer.name + ": the image has match rows, which " +
                    (choice.engine != kAssociative ? "engine '" + choice.engine
                                                   : "product '" + choice.product) +
                    "' does not have; expected engine '" + kAssociative + "', product '" +
                    EngineChoice().product + "'");
  }
  params.product = find(table.products, "product", choice.product, params.layer).make();
  return find(table.engines, "engine", choice.engine, params.layer).make(params);
}

}  // namespace airnn
