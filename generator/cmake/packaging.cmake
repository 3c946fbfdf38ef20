# `cpack` makes qunying_VERSION_ARCH.deb (tests/packaging). What the programs link becomes a dependency by
# dpkg-shlibdeps; what they only start, or look for, is named here.
install(FILES LICENSE DESTINATION "${CMAKE_INSTALL_DOCDIR}")
install(FILES generator/cmake/copyright DESTINATION "${CMAKE_INSTALL_DOCDIR}")
install(FILES CHANGELOG.md README.md README.en.md DESTINATION "${CMAKE_INSTALL_DOCDIR}")
install(DIRECTORY docs/handbook docs/hosting DESTINATION "${CMAKE_INSTALL_DOCDIR}")
install(FILES docs/hosting.md docs/kiosk.md docs/markdown.md docs/pictures.md docs/templates.md docs/themes.md
        DESTINATION "${CMAKE_INSTALL_DOCDIR}")
# The table of strokes inside the program was built out of it.
install(FILES "${QUNYING_NODE_MODULES}/cnchar-order/LICENSE" DESTINATION "${CMAKE_INSTALL_DOCDIR}"
        RENAME LICENSE.cnchar-order)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME qunying)
set(CPACK_PACKAGE_VENDOR "Qunying")
set(CPACK_PACKAGE_CONTACT "The Qunying contributors <qunying@invalid>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "${PROJECT_DESCRIPTION}")
set(CPACK_PACKAGE_DESCRIPTION
    "Markdown, YAML and photographs in; a folder of web pages out, for a web host, a USB stick or a touch screen\n\
without a network. Checks names, honours and consents, and says every mistake with its place and cure, in Chinese.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION web)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# No site is without hanzi: titles and rare characters are cut out of these fonts, and a character that no font has is
# an error.
set(CPACK_DEBIAN_PACKAGE_DEPENDS "fonts-noto-cjk")
# Uploads; posters and lengths of films.
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "rsync, openssh-client")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "rclone, ffmpeg")
include(CPack)
