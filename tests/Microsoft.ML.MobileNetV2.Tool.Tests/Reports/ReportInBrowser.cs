using Microsoft.ML.MobileNetV2.Tool.Tests.TestUtilities;
using Microsoft.Playwright;

namespace Microsoft.ML.MobileNetV2.Tool.Tests.Reports;

/// <summary>Uses a report as a person does: looks at it on a screen and on a phone, chooses a number of the matrix, and comes back.</summary>
internal static class ReportInBrowser
{
    internal static async Task CheckAsync(string path, int mistakeCount)
    {
        await using Browser browser = await Browser.StartAsync();
        string address = new Uri(path).AbsoluteUri;
        OpenedPage opened = await browser.OpenAsync(address, width: 1280, height: 900, ColorScheme.Light);
        await CheckFilterAsync(opened.Page, mistakeCount);
        await SaveScreenshotAsync(opened.Page, "desktop");
        OpenedPage dark = await browser.OpenAsync(address, width: 1280, height: 900, ColorScheme.Dark);
        await SaveScreenshotAsync(dark.Page, "desktop-dark");
        OpenedPage phone = await CheckPhoneAsync(browser, address, ColorScheme.Light);
        OpenedPage darkPhone = await CheckPhoneAsync(browser, address, ColorScheme.Dark);
        foreach (OpenedPage page in (OpenedPage[])[opened, dark, phone, darkPhone])
        {
            Assert.IsEmpty(page.Messages, string.Join('\n', page.Messages));
            Assert.AreSequenceEqual([address], page.Requests, "what was asked for");
        }
    }

    private static async Task<OpenedPage> CheckPhoneAsync(Browser browser, string address, ColorScheme colors)
    {
        OpenedPage phone = await browser.OpenAsync(address, width: 390, height: 844, colors);
        Assert.IsLessThanOrEqualTo(390, await phone.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"), "a phone must not scroll sideways");
        await SaveScreenshotAsync(phone.Page, $"phone-{colors}");
        return phone;
    }

    /// <summary>Keeps what a person has to look at beside the tests' program.</summary>
    private static async Task SaveScreenshotAsync(IPage page, string name) =>
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(AppContext.BaseDirectory, "Screenshots", $"report-{name}.png"), FullPage = true });

    private static async Task CheckFilterAsync(IPage page, int mistakeCount)
    {
        ILocator cards = page.Locator("#gallery > li:visible");
        ILocator button = page.Locator("#confusion button").First;
        Assert.AreEqual(mistakeCount, await cards.CountAsync());

        await button.FocusAsync();
        await page.Keyboard.PressAsync("Enter");

        Assert.AreEqual(await button.InnerTextAsync(), $"{await cards.CountAsync()}", "the images of the number");
        Assert.AreEqual("true", await button.GetAttributeAsync("aria-pressed"));
        Assert.AreEqual(await button.GetAttributeAsync("aria-label"), await page.Locator("#gallery-status").InnerTextAsync());
        await page.Locator("#show-all").ClickAsync();
        Assert.AreEqual(mistakeCount, await cards.CountAsync());
    }
}
