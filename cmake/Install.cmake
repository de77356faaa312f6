# Two components: `program`, and `development`, the units of the machine as a package for other SystemC
# platforms: find_package(airnn).
include(CMakePackageConfigHelpers)
airnn_install(format results multiplier hw_common hw_link hw_noc hw_memory hw_ddr3 hw_control hw_compute hw_top hw_observe hw_monitor)
set(package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/airnn")
configure_package_config_file("${CMAKE_CURRENT_LIST_DIR}/airnnConfig.cmake.in"
                              "${PROJECT_BINARY_DIR}/airnnConfig.cmake"
                              INSTALL_DESTINATION "${package_dir}")
write_basic_package_version_file("${PROJECT_BINARY_DIR}/airnnConfigVersion.cmake"
                                 COMPATIBILITY SameMinorVersion)
install(EXPORT airnn NAMESPACE airnn:: FILE airnnTargets.cmake DESTINATION "${package_dir}"
        COMPONENT development)
install(FILES "${PROJECT_BINARY_DIR}/airnnConfig.cmake" "${PROJECT_BINARY_DIR}/airnnConfigVersion.cmake"
              "${CMAKE_CURRENT_LIST_DIR}/SystemC.cmake"
        DESTINATION "${package_dir}" COMPONENT development)

# Experiments find models by the way from one to the other, so both lie as in the sources.
install(DIRECTORY "${PROJECT_SOURCE_DIR}/configs" "${PROJECT_SOURCE_DIR}/models"
        DESTINATION "${CMAKE_INSTALL_DATADIR}/airnn" COMPONENT program)
install(FILES "${PROJECT_SOURCE_DIR}/hw/rtl/airnn_rtl.h" "${PROJECT_SOURCE_DIR}/hw/rtl/airnn_rtl_plugin.cpp"
        DESTINATION "${CMAKE_INSTALL_DATADIR}/airnn/rtl" COMPONENT program)
install(DIRECTORY "${PROJECT_SOURCE_DIR}/hw/rtl/sv" DESTINATION "${CMAKE_INSTALL_DATADIR}/airnn/rtl" COMPONENT program)
set(described "${PROJECT_BINARY_DIR}/sw/cli")
install(FILES "${described}/airnn.1" DESTINATION "${CMAKE_INSTALL_MANDIR}/man1" COMPONENT program)
install(FILES "${described}/airnn.bash" RENAME airnn COMPONENT program
        DESTINATION "${CMAKE_INSTALL_DATADIR}/bash-completion/completions")
install(FILES "${described}/_airnn" COMPONENT program
        DESTINATION "${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions")
install(FILES "${described}/airnn.fish" COMPONENT program
        DESTINATION "${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d")
install(FILES "${PROJECT_SOURCE_DIR}/LICENSE" RENAME copyright COMPONENT program
        DESTINATION "${CMAKE_INSTALL_DATADIR}/doc/airnn")
install(FILES "${PROJECT_SOURCE_DIR}/README.md" "${PROJECT_SOURCE_DIR}/CHANGELOG.md" COMPONENT program
        DESTINATION "${CMAKE_INSTALL_DATADIR}/doc/airnn")
install(FILES "${PROJECT_SOURCE_DIR}/LICENSE" RENAME copyright COMPONENT development
        DESTINATION "${CMAKE_INSTALL_DATADIR}/doc/airnn-dev")
