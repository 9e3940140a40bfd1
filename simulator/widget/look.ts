// Owns the widget's looks: what the tag's attributes say, where the open-source widget has a prop for it.
import type { ComponentProps } from "react";
import type { LiveChatWidget } from "@microsoft/omnichannel-chat-widget";
import { attribute, says } from "./host.ts";

export type WidgetProps = ComponentProps<typeof LiveChatWidget>;

/** The frame is a little larger than what is in it, which leaves room for shadows. */
const PLACE = {
  position: "fixed",
  bottom: "10px",
  right: "10px",
  width: "calc(100vw - 20px)",
  height: "calc(100vh - 20px)",
} as const;

const CLOSE_BUTTON = {
  color: "#ffffff",
  background: "transparent",
  border: "1px solid #ffffff",
  width: "auto",
  padding: "0 8px",
  margin: "4px",
};

/** The widget's props from the tag's attributes. */
export function look(): Partial<WidgetProps> {
  const colour = attribute("data-color-override");
  const font = attribute("data-font-family-override");
  const closeText = attribute("data-custom-close-button-text");
  const background = colour !== undefined && /^#[0-9a-f]{6}$/i.test(colour) ? { backgroundColor: colour } : {};
  const family = font === undefined ? {} : { fontFamily: font };
  return {
    styleProps: { generalStyles: { ...PLACE, ...family } },
    chatButtonProps: {
      styleProps: {
        generalStyleProps: family,
        iconStyleProps: background,
        titleStyleProps: family,
        subtitleStyleProps: family,
      },
    },
    headerProps: {
      controlProps: {
        hideMinimizeButton: says("data-hide-minimize-button"),
        ...(closeText === undefined
          ? {}
          : {
              closeButtonProps: { id: "lcw-header-close-button", type: "text", text: closeText, ariaLabel: closeText },
            }),
      },
      styleProps: {
        generalStyleProps: { ...background, ...family },
        ...(closeText === undefined ? {} : { closeButtonStyleProps: CLOSE_BUTTON }),
      },
    },
    webChatContainerProps: {
      webChatStyles: {
        ...(colour === undefined ? {} : { bubbleFromUserBackground: colour }),
        ...(font === undefined ? {} : { primaryFont: font }),
      },
    },
  };
}

/** With the chat button hidden, a minimized or closed chat draws nothing. */
export const hidesButton = (): boolean => says("data-hide-chat-button") || says("data-hide-button");
