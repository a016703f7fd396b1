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
        await CheckAccessAsync(opened.Page);
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
        await CheckAccessAsync(phone.Page);
        await SaveScreenshotAsync(phone.Page, $"phone-{colors}");
        return phone;
    }

    /// <summary>Keeps what a person has to look at beside the tests' program.</summary>
    private static async Task SaveScreenshotAsync(IPage page, string name) =>
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(AppContext.BaseDirectory, "Screenshots", $"report-{name}.png"), FullPage = true });

    /// <summary>Checks what screen readers and keyboards need: names of images, directions of headings, and a way to scroll whatever is wider than the page.</summary>
    private static async Task CheckAccessAsync(IPage page)
    {
        Assert.AreEqual(0, await page.Locator("img:not([alt]), img[alt=''], th:not([scope]), section:not([aria-labelledby])").CountAsync());
        string[] names = await page.EvaluateAsync<string[]>("[...document.querySelectorAll('section, [role=region]')].map(element => element.getAttribute('aria-labelledby'))");
        Assert.AreSequenceEqual(names.Distinct(StringComparer.Ordinal), names, "each landmark has a name of its own");
        string[] stuck = await page.EvaluateAsync<string[]>(
            "[...document.querySelectorAll('body *')].filter(element => element.scrollWidth > element.clientWidth + 1 && /auto|scroll/.test(getComputedStyle(element).overflowX) && element.tabIndex < 0).map(element => element.outerHTML.slice(0, 100))");
        Assert.IsEmpty(stuck, string.Join('\n', stuck));
    }

    private static async Task CheckFilterAsync(IPage page, int mistakeCount)
    {
        ILocator cards = page.Locator("#gallery > li:visible");
        ILocator button = page.Locator("#confusion button").First;
        Assert.AreEqual(mistakeCount, await cards.CountAsync());

        await button.FocusAsync();
        await page.Keyboard.PressAsync("Enter");

        Assert.AreEqual(await button.InnerTextAsync(), $"{await cards.CountAsync()}", "the images of the number");
        Assert.AreEqual("true", await button.GetAttributeAsync("aria-pressed"));
        Assert.AreEqual(await button.GetAttributeAsync("aria-label"), await page.GetByRole(AriaRole.Status).InnerTextAsync());
        await Assertions.Expect(page.Locator("#mistakes")).ToBeFocusedAsync();
        await page.Locator("#show-all").ClickAsync();
        Assert.AreEqual(mistakeCount, await cards.CountAsync());

        await button.FocusAsync();
        await page.Keyboard.PressAsync("Space");
        Assert.AreEqual(await button.InnerTextAsync(), $"{await cards.CountAsync()}");
        await page.Keyboard.PressAsync("Escape");
        Assert.AreEqual(mistakeCount, await cards.CountAsync());
        Assert.AreEqual("false", await button.GetAttributeAsync("aria-pressed"));
        await Assertions.Expect(button).ToBeFocusedAsync();
    }
}
