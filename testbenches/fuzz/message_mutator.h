// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <random>
#include <string>

namespace google::protobuf {
class FieldDescriptor;
class Message;
}  // namespace google::protobuf

namespace airnn::test {

/// Alters an ONNX model by its structure: fields anywhere in it get other values, are cleared,
/// doubled, exchanged or removed. The same generator state gives the same result.
class MessageMutator {
 public:
  explicit MessageMutator(std::uint64_t seed) : random_(seed) {}

  /// Of the bytes of a model; as they are if they are none.
  std::string mutate(const std::string& model);

 private:
  std::uint64_t below(std::uint64_t limit) { return random_() % limit; }
  std::int64_t odd_number();
  void alter(google::protobuf::Message* message, int depth);
  void alter_repeated(google::protobuf::Message* message,
                      const google::protobuf::FieldDescriptor* field);
  void set_single(google::protobuf::Message* message,
                  const google::protobuf::FieldDescriptor* field);

  std::mt19937_64 random_;
};

}  // namespace airnn::test
