// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "sw/multiplier/product_table.h"

namespace airnn {

/// A multiplier as a file of configs/multipliers describes it.
struct Multiplier {
  std::string name;
  std::string description;      ///< "bam(2, 8)", or the name of its table's file
  double relative_energy = 1;   ///< per multiplication, of the exact multiplier's
  bool energy_by_rule = false;  ///< of its family, and not given by the file
  std::string source;
  /// Makes or reads the table, anew at each call. Throws ConfigError, with the place where the
  /// multiplier is written, for a file that is missing, of another size or another table.
  std::function<ProductTable()> table;
};

/// The multipliers of a file, in its order. Reading checks every key, but opens no table.
class MultiplierLibrary {
 public:
  /// Throws ConfigError.
  static MultiplierLibrary read(const std::string& path);

  const std::string& path() const { return path_; }
  const std::string& name() const { return name_; }
  const std::string& source() const { return source_; }
  const std::vector<Multiplier>& multipliers() const { return multipliers_; }

  /// Null if there is none of this name.
  const Multiplier* find(const std::string& name) const;
  /// The same; throws UserError with the nearest name.
  const Multiplier& at(const std::string& name) const;
  std::vector<std::string> names() const;

 private:
  std::string path_;
  std::string name_;
  std::string source_;
  std::vector<Multiplier> multipliers_;
};

}  // namespace airnn
