# airnn_embed(TARGET NAME FILE): the bytes of FILE become part of the target, as
# std::string_view airnn::embedded_NAME(). Declare it in a header.
set(AIRNN_EMBED_SCRIPT "${CMAKE_CURRENT_LIST_DIR}/EmbedFile.cmake")
function(airnn_embed TARGET NAME FILE)
  set(output "${CMAKE_CURRENT_BINARY_DIR}/embedded_${NAME}.cpp")
  add_custom_command(
    OUTPUT "${output}"
    COMMAND ${CMAKE_COMMAND} "-DNAME=${NAME}" "-DFILE=${FILE}" "-DOUTPUT=${output}" -P "${AIRNN_EMBED_SCRIPT}"
    DEPENDS "${FILE}" "${AIRNN_EMBED_SCRIPT}"
    VERBATIM)
  target_sources(${TARGET} PRIVATE "${output}")
  set_source_files_properties("${output}" PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
endfunction()
