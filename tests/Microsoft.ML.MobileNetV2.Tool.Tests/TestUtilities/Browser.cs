using Microsoft.Playwright;

namespace Microsoft.ML.MobileNetV2.Tool.Tests.TestUtilities;

/// <summary>Opens pages in the Chromium of the machine, where there is one and slow tests are asked for.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private const string SlowTests = "MOBILENETV2_SLOW_TESTS";

    /// <summary>Chromium as root, with a camera that it draws itself.</summary>
    private static readonly string[] Arguments = ["--no-sandbox", "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"];

    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Browser(IPlaywright playwright, IBrowser browser)
    {
        _playwright = playwright;
        _browser = browser;
    }

    /// <summary>Gets whether pages are to be opened.</summary>
    internal static bool IsWanted => Environment.GetEnvironmentVariable(SlowTests) == "1" && Places.Any(File.Exists);

    internal static async Task<Browser> StartAsync()
    {
        IPlaywright playwright = await Microsoft.Playwright.Playwright.CreateAsync();
        IBrowser browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Places.First(File.Exists), Args = Arguments });
        return new(playwright, browser);
    }

    /// <summary>Opens a page and collects what it writes to the console and asks for.</summary>
    internal async Task<OpenedPage> OpenAsync(string address, int width, int height, ColorScheme colors)
    {
        IPage page = await _browser.NewPageAsync(new BrowserNewPageOptions { ViewportSize = new ViewportSize { Width = width, Height = height }, ColorScheme = colors });
        OpenedPage opened = new(page);
        await page.GotoAsync(address);
        return opened;
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
