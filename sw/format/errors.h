// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdexcept>
#include <string>

namespace airnn {

/// Something the user gave is wrong: one message that says where, what was expected and, for a
/// name, the nearest valid one. The program prints it once and ends with exit code 2. Libraries
/// only throw.
class UserError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// A memory image that is truncated, damaged, foreign or inconsistent; the message names the
/// section.
class ImageError : public UserError {
 public:
  using UserError::UserError;
};

/// A configuration file or option; the message has file, line, key and what was expected.
class ConfigError : public UserError {
 public:
  using UserError::UserError;
};

/// A network that cannot be read or mapped; the message names the node and the operator.
class ModelError : public UserError {
 public:
  using UserError::UserError;
};

/// A set of images or labels that cannot be read or does not fit the network.
class DataError : public UserError {
 public:
  using UserError::UserError;
};

}  // namespace airnn
