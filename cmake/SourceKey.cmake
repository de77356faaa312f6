# A name for the sources that decide what the program computes: results of one version whose sources differ
# are not taken for each other's. The page of the report decides nothing.
#
# airnn_source_key(FILE): builds the C++ file FILE with the key, anew whenever one of the sources changes.
# As a script (cmake -P) with ROOT and OUTPUT it writes that file.
if(CMAKE_SCRIPT_MODE_FILE)
  file(GLOB_RECURSE sources RELATIVE "${ROOT}" "${ROOT}/hw/*.h" "${ROOT}/hw/*.cpp" "${ROOT}/sw/*.h" "${ROOT}/sw/*.cpp")
  list(FILTER sources EXCLUDE REGEX "^sw/report/")
  list(SORT sources)
  set(all "")
  foreach(source IN LISTS sources)
    file(SHA256 "${ROOT}/${source}" hash)
    string(APPEND all "${hash} ${source}\n")
  endforeach()
  string(SHA256 key "${all}")
  string(SUBSTRING "${key}" 0 16 key)
  file(WRITE "${OUTPUT}" "#include \"sw/version/version.h\"\n\nnamespace airnn {\n\n"
                         "const char* source_key() {\n  return \"${key}\";\n}\n\n}  // namespace airnn\n")
  return()
endif()

function(airnn_source_key FILE)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS
       "${PROJECT_SOURCE_DIR}/hw/*.h" "${PROJECT_SOURCE_DIR}/hw/*.cpp"
       "${PROJECT_SOURCE_DIR}/sw/*.h" "${PROJECT_SOURCE_DIR}/sw/*.cpp")
  list(FILTER sources EXCLUDE REGEX "/sw/report/")
  add_custom_command(
    OUTPUT "${FILE}"
    COMMAND "${CMAKE_COMMAND}" "-DROOT=${PROJECT_SOURCE_DIR}" "-DOUTPUT=${FILE}"
            -P "${PROJECT_SOURCE_DIR}/cmake/SourceKey.cmake"
    DEPENDS ${sources} "${PROJECT_SOURCE_DIR}/cmake/SourceKey.cmake"
    COMMENT "Naming the sources"
    VERBATIM)
endfunction()
