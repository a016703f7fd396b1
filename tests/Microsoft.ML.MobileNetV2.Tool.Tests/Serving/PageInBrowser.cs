using Microsoft.ML.MobileNetV2.Tool.Tests.TestUtilities;
using Microsoft.Playwright;

namespace Microsoft.ML.MobileNetV2.Tool.Tests.Serving;

/// <summary>Uses the page as a person does: drops a file, asks what speaks for a class, uses the keyboard, the camera and a phone.</summary>
internal static class PageInBrowser
{
    private const int PhoneWidth = 360;

    /// <summary>Drops a file on the page.</summary>
    private const string Drop = """
        base64 => {
          const bytes = Uint8Array.from(atob(base64), character => character.charCodeAt(0));
          const data = new DataTransfer();
          data.items.add(new File([bytes], 'dropped', { type: 'image/png' }));
          document.getElementById('drop').dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
        }
        """;

    private static readonly string Image = Path.Combine(SavedModels.Images, "00.png");

    internal static async Task CheckAsync(Uri address)
    {
        await using Browser browser = await Browser.StartAsync();
        OpenedPage opened = await browser.OpenAsync(address.AbsoluteUri, width: 1280, height: 800, ColorScheme.Light);
        await CheckDropAsync(opened.Page);
        await CheckExplanationAsync(opened.Page);
        await SaveScreenshotAsync(opened.Page, "desktop");
        await CheckErrorAsync(opened.Page);
        await CheckKeyboardAsync(opened.Page);
        await CheckCameraAsync(opened.Page);
        OpenedPage dark = await browser.OpenAsync(address.AbsoluteUri, width: 1280, height: 800, ColorScheme.Dark);
        await CheckDropAsync(dark.Page);
        await SaveScreenshotAsync(dark.Page, "desktop-dark");
        OpenedPage phone = await CheckPhoneAsync(browser, address, ColorScheme.Light);
        OpenedPage darkPhone = await CheckPhoneAsync(browser, address, ColorScheme.Dark);
        foreach (OpenedPage page in (OpenedPage[])[opened, dark, phone, darkPhone])
        {
            string[] messages = [.. page.Messages.Where(message => !IsRefusal(message))];
            Assert.IsEmpty(messages, string.Join('\n', messages));
            Assert.IsEmpty(page.Requests.Where(request => !request.StartsWith(address.AbsoluteUri, StringComparison.Ordinal) && !request.StartsWith("blob:", StringComparison.Ordinal)));
        }
    }

    private static async Task<OpenedPage> CheckPhoneAsync(Browser browser, Uri address, ColorScheme colors)
    {
        OpenedPage phone = await browser.OpenAsync(address.AbsoluteUri, PhoneWidth, height: 740, colors);
        await CheckDropAsync(phone.Page);
        await SaveScreenshotAsync(phone.Page, $"phone-{colors}");
        Assert.IsLessThanOrEqualTo(PhoneWidth, await phone.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"), "a phone must not scroll sideways");
        return phone;
    }

    /// <summary>Returns whether the browser tells of the bad file that the test drops.</summary>
    private static bool IsRefusal(string message) => message.Contains("422", StringComparison.Ordinal);

    private static async Task DropAsync(IPage page, byte[] content) => await page.EvaluateAsync(Drop, Convert.ToBase64String(content));

    private static async Task CheckDropAsync(IPage page)
    {
        await Assertions.Expect(page.Locator("#model")).ToContainTextAsync(", 3 classes");

        await DropAsync(page, await File.ReadAllBytesAsync(Image));

        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("few, 95.8 %");
        await Assertions.Expect(page.Locator("#classes button")).ToHaveCountAsync(3);
        await Assertions.Expect(page.GetByAltText("Activation map: where the image speaks for few")).ToBeVisibleAsync();
    }

    private static async Task CheckExplanationAsync(IPage page)
    {
        ILocator many = page.GetByRole(AriaRole.Button, new() { NameRegex = new("^many") });

        await many.ClickAsync();

        await Assertions.Expect(page.GetByAltText("Activation map: where the image speaks for many")).ToBeVisibleAsync();
        await Assertions.Expect(many).ToHaveAttributeAsync("aria-pressed", "true");
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("few, 95.8 %");
    }

    private static async Task CheckErrorAsync(IPage page)
    {
        await DropAsync(page, "This is no image."u8.ToArray());

        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("not an image in a format that can be read");
        await Assertions.Expect(page.Locator("#classes button")).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator("#stage")).ToBeHiddenAsync();
    }

    private static async Task CheckKeyboardAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Choose a file" }).FocusAsync();
        IFileChooser chooser = await page.RunAndWaitForFileChooserAsync(() => page.Keyboard.PressAsync("Enter"));
        await chooser.SetFilesAsync(Path.Combine(SavedModels.Images, "01.png"));
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("some, 74.7 %");

        await page.Locator("#classes button").First.FocusAsync();
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Space");

        await Assertions.Expect(page.Locator("#classes button").Nth(1)).ToHaveAttributeAsync("aria-pressed", "true");
    }

    private static async Task CheckCameraAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Use the camera" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Take a photo" }).ClickAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync(" %, after ");
        await Assertions.Expect(page.Locator("#video")).ToBeHiddenAsync();
    }

    /// <summary>Keeps what a person has to look at beside the tests' program.</summary>
    private static async Task SaveScreenshotAsync(IPage page, string name) =>
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(AppContext.BaseDirectory, "Screenshots", $"serve-{name}.png"), FullPage = true });
}
