"""What makes the site an application of the device: manifest, icon, service worker, offline page."""
