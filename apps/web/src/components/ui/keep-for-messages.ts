/**
 * For `onInteractOutside` of a dialog: a press on a message, such as its Undo, is no press beside the dialog and leaves it open. (A dialog also takes
 * the pointer from all that lies outside of it; messages ask for it themselves.)
 */
export function keepForMessages(event: CustomEvent<{ readonly originalEvent: Event }>): void {
  const { target } = event.detail.originalEvent;
  if (target instanceof Element && target.closest('[data-sonner-toaster]')) event.preventDefault();
}
