// SPDX-License-Identifier: Apache-2.0
#include "hw/compute/engine_table.h"

#include <utility>

#include "hw/compute/mac/mac_engine.h"
#include "hw/compute/product/exact_product.h"
#include "sw/format/errors.h"

namespace airnn {

namespace {

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
  };
  table.products = {
      {"exact", [] { return std::make_shared<const ExactProduct>(); }},
  };
  return table;
}

std::unique_ptr<LayerEngine> make_engine(const EngineTable& table, const EngineChoice& choice,
                                         EngineParams params) {
  params.product = find(table.products, "product", choice.product, params.layer).make();
  return find(table.engines, "engine", choice.engine, params.layer).make(params);
}

}  // namespace airnn
